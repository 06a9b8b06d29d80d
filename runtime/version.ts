/** Put in by the build, from package.json. */
declare const BUILD_VERSION: string | undefined;

/** This program's version; `0.0.0-source` when it runs from its source. */
export const version: string = typeof BUILD_VERSION === "string" ? BUILD_VERSION : "0.0.0-source";
