// The page's own modules, for tests that run without a window. The page has no package.json (it is served as it lies),
// so that they are modules is said here.
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const MODULES = 'export const load = (url, context, next) => next(url, url.includes("/ui/") ? { ...context, format: "module" } : context);';
register(`data:text/javascript,${encodeURIComponent(MODULES)}`);

// Every engine that shows the page has it; Node has it from version 21 on.
globalThis.navigator ??= { userAgent: 'X11; Linux x86_64', languages: ['en'] };

/** The project's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A module of the page by its path under `ui/`. */
export const page = (path) => import(new URL(`../../ui/${path}`, import.meta.url).href);
