// What is wrong with how the page lies now, as lines of text. Run through the driver by `layout.rs`; no part of the page.
const [names] = arguments;
const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
const root = dialog ?? document.body;
const found = [];
const short = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 60);
const nameOf = (node) => `<${node.tagName.toLowerCase()}${node.className && typeof node.className === 'string' ? `.${node.className.trim().replace(/\s+/g, '.')}` : ''}>`;
/** Kept for readers where the eye has it from elsewhere: a box of one pixel. */
const isForReaders = (node) => {
  for (let box = node; box && box !== root; box = box.parentElement) if (box.clientWidth === 1 && box.clientHeight === 1) return true;
  return false;
};
const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest('.for-readers, [aria-hidden=true] svg') && !isForReaders(node);

/** Names and notes of people, cut with an ellipsis or scrolled on purpose: the whole of it is elsewhere. */
const MAY_BE_CUT = '.clip, .extras-line, .items b, .receipt, .log-scroll, .timeline, [data-may-be-cut]';

const boxes = [];
if (names.includes('text')) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.nodeValue.trim() || !parent || /^(SCRIPT|STYLE|OPTION|DATALIST)$/.test(parent.tagName) || !seen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    const cutOnPurpose = parent.closest(MAY_BE_CUT) !== null;
    const own = parent.closest('button, a, .pill, .badge, .choice, .segments span, td, th');
    for (const rect of rects) {
      let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom];
      let gone = false;
      for (let box = parent; box; box = box.parentElement) {
        const style = getComputedStyle(box);
        const area = box.getBoundingClientRect();
        for (const [axis, low, high, from, to] of [['overflowX', 'left', 'right', left, right], ['overflowY', 'top', 'bottom', top, bottom]]) {
          const how = style[axis];
          if (how === 'visible' || (box === document.body && axis === 'overflowX')) continue;
          const over = Math.max(area[low] - from, to - area[high]);
          // A line box is higher than its letters.
          const least = axis === 'overflowY' ? Math.max(1.5, rect.height * 0.15) : 1.5;
          if (over > least && !gone && !cutOnPurpose) {
            if (how === 'hidden' || how === 'clip') found.push(`cut off by ${Math.round(over)} px (${axis} of ${nameOf(box)}): "${short(text.nodeValue)}" in ${nameOf(parent)}`);
            else if (axis === 'overflowX') found.push(`has to be scrolled sideways (${nameOf(box)}): "${short(text.nodeValue)}" in ${nameOf(parent)}`);
          }
        }
        if (style.overflowX !== 'visible') [left, right] = [Math.max(left, area.left), Math.min(right, area.right)];
        if (style.overflowY !== 'visible') [top, bottom] = [Math.max(top, area.top), Math.min(bottom, area.bottom)];
        if (right - left < 1 || bottom - top < 1) gone = true;
        if (box === dialog) break;
      }
      if (gone) continue;
      // Of what may be cut, the part that is seen.
      const [from, to] = cutOnPurpose ? [left, right] : [rect.left, rect.right];
      if (from < -1.5 || to > innerWidth + 1.5) found.push(`off the window: "${short(text.nodeValue)}" in ${nameOf(parent)}`);
      if (own && !cutOnPurpose) {
        const area = own.getBoundingClientRect();
        const over = Math.max(area.left - rect.left, rect.right - area.right, area.top - rect.top, rect.bottom - area.bottom);
        if (over > 2) found.push(`sticks ${Math.round(over)} px out of its ${nameOf(own)}: "${short(text.nodeValue)}"`);
      }
      // A line box is higher than its letters.
      const slack = (bottom - top) * 0.2;
      boxes.push({ text: short(text.nodeValue), node: parent, left, right, top: top + slack, bottom: bottom - slack });
    }
  }
  boxes.forEach((one, at) => {
    for (const other of boxes.slice(at + 1)) {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide < 2 || high < 2) continue;
      // What lies under something else on purpose (a sticky head over rows) is not seen there.
      const [x, y] = [Math.max(one.left, other.left) + wide / 2, Math.max(one.top, other.top) + high / 2];
      const there = document.elementsFromPoint(x, y);
      if (!there.includes(one.node) || !there.includes(other.node)) continue;
      const covered = there.some((node) => {
        const depth = there.indexOf(node);
        const above = there.indexOf(one.node) < there.indexOf(other.node) ? other.node : one.node;
        const colour = getComputedStyle(node).backgroundColor;
        return depth < there.indexOf(above) && !node.contains(above) && !/rgba\(.*, 0\)|transparent/.test(colour);
      });
      if (!covered) found.push(`lies over another text: "${one.text}" and "${other.text}"`);
    }
  });
}

if (names.includes('targets')) {
  const LEAST = 48;
  for (const control of root.querySelectorAll('button, a[href], input, select, textarea, summary, [role=button]')) {
    if (!seen(control) || control.disabled) continue;
    // The whole label, row or field around it is what is touched.
    const area = (control.closest('label, tr') ?? control).getBoundingClientRect();
    if (area.width === 0 || area.height === 0) continue;
    if (area.width < LEAST - 0.5 || area.height < LEAST - 0.5) {
      found.push(`smaller than ${LEAST} px (${Math.round(area.width)} × ${Math.round(area.height)}): ${nameOf(control)} "${short(control.getAttribute('aria-label') ?? control.textContent ?? '')}"`);
    }
  }
  for (const control of document.querySelectorAll('.tenders button')) {
    const { height } = control.getBoundingClientRect();
    if (seen(control) && height < 63.5) found.push(`a payment key lower than 64 px (${Math.round(height)}): "${short(control.textContent ?? '')}"`);
  }
}

if (names.includes('reach')) {
  // Scrolled to, each control is seen and not covered.
  const places = [...document.querySelectorAll('*')].filter((node) => node.scrollTop > 0).map((node) => [node, node.scrollTop]);
  for (const control of root.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')) {
    if (!seen(control) || control.disabled) continue;
    control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const area = (control.closest('label') ?? control).getBoundingClientRect();
    if (area.width === 0) continue;
    const [x, y] = [area.left + area.width / 2, area.top + Math.min(area.height / 2, 40)];
    const inside = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    const top = inside ? document.elementFromPoint(x, y) : null;
    const reached = top !== null && (control.contains(top) || top.contains(control) || (control.closest('label, tr')?.contains(top) ?? false));
    if (!reached) found.push(`out of reach at ${Math.round(x)}, ${Math.round(y)} (${top ? `under ${nameOf(top)}` : 'off the window'}): ${nameOf(control)} "${short(control.getAttribute('aria-label') ?? control.textContent ?? '')}"`);
  }
  for (const [node, at] of places) node.scrollTop = at;
}

if (names.includes('focus')) {
  const { activeElement } = document;
  if (!activeElement || activeElement === document.body || activeElement === document.documentElement) found.push('the focus is lost: it stands on the page itself');
  else if (dialog && !dialog.contains(activeElement)) found.push(`the focus stands behind the dialog, on ${nameOf(activeElement)}`);
}
return [...new Set(found)];
