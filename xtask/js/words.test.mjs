// What the page says of codes and in which languages: nothing is missing, and no words ever talk anybody into charging
// twice. The lists of codes are the protocol's tables; the till's own codes are read off its sources.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { page, root } from './page.mjs';

const LANGUAGES = ['en', 'ms', 'zh'];
const { explainPayment, explainGateway, foundText } = await page('lib/codes.js');
const { LANGUAGE_NAMES, language, ofSystem, sentences, speak, t } = await page('lib/text.js');
const codes = {};
const texts = {};
for (const name of LANGUAGES) {
  codes[name] = (await page(`lib/codes/${name}.js`)).codes;
  texts[name] = (await page(`lib/text/${name}.js`))[name];
}

const table = (name) => JSON.parse(readFileSync(join(root, 'crates/cloudecr/tables', name), 'utf8'));
const gateway = table('error-codes.json').codes;
const { card, wallet } = table('response-codes.json');
const lists = { gateway, card, wallet };

const gaps = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const open = [
  { state: 'unknown', saved: true, safeReason: 'unknown' },
  { state: 'unknown', saved: true, safeReason: 'being_checked' },
  { state: 'pending', saved: true, safeReason: 'pending' },
  // An answer that could not be saved counts for nothing, whatever it said.
  { state: 'declined', saved: false, safeReason: 'unknown' },
];
const settled = [
  { state: 'declined', saved: true, safeReason: 'declined' },
  { state: 'not_charged', saved: true, safeReason: 'not_charged' },
];
const explained = (source, code) => ({ said: { source, code, detail: null }, meaning: 'kept', next: 'kept' });

/** Every code there are words for, with its list. */
const everyCode = [...Object.entries(lists).flatMap(([source, rows]) => rows.map(({ code }) => [source, String(code)])),
  ...Object.keys(codes.en.till).map((code) => ['till', code])];

for (const name of LANGUAGES) {
  describe(LANGUAGE_NAMES[name], () => {
    const own = codes[name];
    for (const [source, rows] of Object.entries(lists)) {
      test(`every ${source} code says what happened and what to do`, () => {
        const missing = rows.filter(({ code }) => !own[source][code]?.what || !own[source][code]?.todo).map(({ code }) => code);
        assert.deepEqual(missing, []);
        const listed = new Set(rows.map(({ code }) => String(code)));
        assert.deepEqual(Object.keys(own[source]).filter((code) => !listed.has(code)), [], 'words for codes that are on no list');
      });
    }

    test('a code after which the customer may have been charged never says that charging again is fine', () => {
      const again = texts[name]['action.charge_again'].toLowerCase();
      const unknown = gateway.filter(({ money }) => money === 'unknown');
      assert.ok(unknown.length > 5);
      for (const { code } of unknown) {
        const { todo } = own.gateway[code];
        assert.ok(todo.startsWith(own.hold), `${code}: ${todo}`);
        assert.ok(!todo.slice(own.hold.length).toLowerCase().includes(again), `${code}: ${todo}`);
      }
    });

    test('only a code after which the customer may have been charged holds the charge', () => {
      const held = gateway.filter(({ code, money }) => money !== 'unknown' && own.gateway[code].todo.startsWith(own.hold));
      assert.deepEqual(held.map(({ code }) => code), []);
      assert.deepEqual([...card, ...wallet].filter(({ code }) => (own.card[code] ?? own.wallet[code]).todo.startsWith(own.hold)), []);
    });

    test('whatever the code, an open payment is never to be charged again', async () => {
      await speak(name);
      for (const [source, code] of everyCode) {
        for (const standing of open) {
          const sale = explainPayment({ kind: 'sale', explanation: explained(source, code), ...standing });
          const waits = standing.state === 'pending' ? own.till.pending.todo : own.hold;
          assert.ok(sale.todo.startsWith(waits), `${source} ${code} ${standing.state}: ${sale.todo}`);
          const voided = explainPayment({ kind: 'void', explanation: explained(source, code), ...standing });
          assert.equal(voided.todo, texts[name]['void.in_doubt']);
        }
      }
    });

    test('whether money moved is said by the state, not by the code', async () => {
      await speak(name);
      const lost = explained('gateway', '40811');
      const say = (kind, standing, explanation = lost) => explainPayment({ kind, explanation, ...standing }).money;
      assert.equal(say('sale', settled[0]), texts[name]['money.declined']);
      assert.equal(say('sale', settled[1]), texts[name]['money.none']);
      assert.equal(say('cashOut', settled[0]), texts[name]['money.cash.none']);
      assert.equal(say('void', settled[0]), texts[name]['money.void.none']);
      assert.equal(say('sale', open[0], explained('gateway', '50310')), texts[name]['money.unknown']);
      assert.equal(say('sale', open[1], explained('card', '51')), texts[name]['money.check']);
      assert.equal(say('void', open[0]), texts[name]['money.void.unknown']);
      assert.equal(say('sale', { state: 'sent', saved: true, safeReason: 'in_flight' }), '');
    });

    test('a void that was not done is never met with another card or another way to pay', async () => {
      await speak(name);
      const advice = [own.card['41'].todo, own.card['51'].todo, own.wallet['1003'].todo, own.gateway['42211'].todo];
      for (const [source, code] of everyCode) {
        const { todo } = explainPayment({ kind: 'void', explanation: explained(source, code), ...settled[0] });
        assert.ok(todo !== '' && !advice.some((words) => todo.includes(words)), `${source} ${code}: ${todo}`);
      }
    });

    test('the advice to check names the button as it is called', () => {
      assert.ok(own.hold.includes(texts[name]['action.check_status']), own.hold);
    });

    test('a code on no list gets an honest sentence, and the gateway’s text stays beside it', async () => {
      await speak(name);
      const explanation = { said: { source: 'gateway', code: '49999', detail: 'E_NEW' }, meaning: 'x', next: 'y' };
      const words = explainPayment({ kind: 'sale', explanation, ...settled[0] });
      assert.equal(words.what, own.unlisted.what);
      assert.equal(words.small, '49999 · E_NEW');
      const bare = { said: { source: 'gateway', code: 'HTTP 404', detail: null }, meaning: 'x', next: 'y' };
      assert.match(explainPayment({ kind: 'sale', explanation: bare, ...settled[1] }).what, /HTTP 404/);
      // A name of JavaScript's own is no code.
      assert.equal(explainGateway('constructor'), null);
    });

    test('where no payment is concerned, nothing says not to charge', async () => {
      await speak(name);
      for (const { code } of gateway) assert.ok(!explainGateway(code).todo.startsWith(own.hold), String(code));
    });

    test('every code of the till and every finding is the same as in English, gap for gap', () => {
      for (const list of ['till', 'found', 'gateway', 'card', 'wallet']) {
        assert.deepEqual(Object.keys(own[list]).sort(), Object.keys(codes.en[list]).sort(), list);
        for (const code of Object.keys(own[list])) {
          const [words, english] = [own, codes.en].map((all) => (list === 'found' ? { what: all.found[code] } : all[list][code]));
          const all = (entry) => gaps(Object.values(entry).join(' '));
          assert.deepEqual(all(words), all(english), `${list} ${code}`);
          assert.deepEqual(Object.keys(words), Object.keys(english), `${list} ${code}`);
          assert.ok(Object.values(words).every((text) => text.trim() !== ''), `${list} ${code}`);
        }
      }
    });

    test('what the till finds is worded, whatever the journal says in English', async () => {
      await speak(name);
      const { explanations, findings } = tillCodes();
      assert.ok(explanations.size > 15 && findings.size > 10, `${explanations.size}, ${findings.size}`);
      for (const code of explanations) assert.ok(own.till[code], `no words for the till’s code ${code}`);
      for (const code of findings) {
        // Why a terminal's last transaction could not be had stands in no time line; it has sentences of its own.
        if (`last.problem.${code}` in texts[name]) continue;
        const entry = { detail: 'in English', said: { source: 'till', code, detail: '12.50' } };
        assert.notEqual(foundText(entry), 'in English', code);
      }
    });

    test('every text is there once, says something, and has the gaps of the English one', () => {
      assert.deepEqual(Object.keys(texts[name]).sort(), Object.keys(texts.en).sort());
      for (const [key, text] of Object.entries(texts[name])) {
        assert.ok(text.trim() !== '', `${key} is empty`);
        assert.deepEqual(gaps(text), gaps(texts.en[key]), key);
        assert.equal(text.split('\n').length, texts.en[key].split('\n').length, `${key} has its lines`);
      }
    });
  });
}

test('what is done to a payment is not called like the filter beside it', () => {
  for (const name of LANGUAGES) {
    const filters = Object.keys(texts[name]).filter((key) => key.startsWith('history.')).map((key) => texts[name][key]);
    assert.ok(filters.length > 5);
    for (const key of ['return.action', 'reprint.action', 'action.void']) assert.ok(!filters.includes(texts[name][key]), `${name} ${key}`);
  }
});

test('no translation was left in English', () => {
  const prose = /\p{L}{3,}[^{}]* \p{L}{2,}/u;
  for (const name of ['ms', 'zh']) {
    const left = Object.entries(texts[name]).filter(([key, text]) => text === texts.en[key] && prose.test(text.replace(/\{\w+\}/g, '')));
    // A product's and a number's name.
    assert.deepEqual(left.map(([key]) => key).filter((key) => !['terminals.kind.vt', 'setup.pos_id'].includes(key)), []);
  }
});

test('the system’s language is taken where there are texts in it', () => {
  assert.equal(ofSystem(['ms-MY', 'en']), 'ms');
  assert.equal(ofSystem(['zh-Hans-CN']), 'zh');
  assert.equal(ofSystem(['de-DE', 'zh-MY']), 'zh');
  assert.equal(ofSystem(['de-DE']), 'en');
  assert.equal(ofSystem([]), 'en');
});

test('of two choices of a language the last one stands, however long its words take', async () => {
  await speak('zh');
  await Promise.all([speak('ms'), speak('zh')]);
  assert.equal(language(), 'zh');
  await Promise.all([speak('ms'), speak('en')]);
  assert.equal(language(), 'en');
});

test('sentences follow each other as the language writes them', async () => {
  await speak('en');
  assert.equal(sentences('One.', '', 'Two.'), 'One. Two.');
  await speak('zh');
  assert.equal(sentences('一。', '二。'), '一。二。');
});

test('times are said in the language that is spoken', async () => {
  const { ageOf, whenShort } = await page('lib/time.js');
  const ago = new Date(Date.now() - 65_000).toISOString();
  await speak('en');
  assert.equal(ageOf(ago), '1 min 5 s');
  await speak('zh');
  assert.equal(ageOf(ago), '1 分钟 5 秒');
  assert.match(whenShort('2026-11-21T08:20:00Z'), /11月21日.* \d{2}:20$/);
  assert.equal(t('state.voided'), '已撤销');
});

/** The codes that the till gives of its own, read off its sources. */
function tillCodes() {
  const source = readdirSync(join(root, 'crates/till/src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8')).join('\n');
  const all = (pattern) => [...source.matchAll(pattern)].map(([, code]) => code);
  const judge = readFileSync(join(root, 'crates/cloudecr/src/judge.rs'), 'utf8');
  const unsent = [...judge.matchAll(/NotSentReason::\w+(?:\(\w+\))? => \(\s*"(\w+)"/g)].map(([, code]) => `not_sent_${code}`);
  const explanations = new Set([
    ...all(/\b(?:words|about)\(\s*"(\w+)"/g), ...all(/DoubtReason::\w+ => \(\s*"(\w+)"/g), ...all(/"(restarted\w*)"/g), ...unsent,
  ]);
  const findings = new Set([...all(/Said::till\(\s*"(\w+)"/g), ...all(/"(\w+_after_all)"/g), ...all(/named\(\(\s*"(\w+)"/g), ...all(/"(decided_\w+)"/g)]);
  return { explanations, findings };
}
