/**
 * NoEval: zod shall not try whether it may compile code: the content policy forbids it, and the try is an error in
 * the console. Said in zod's own global before zod is loaded: the feed does without zod, every other page and the
 * worker load it later.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
