/* global module */
/** For Turbopack, which looks for a file `x.js` where TypeScript's sources say "./x.js" and mean `x.ts`. */
module.exports = (source) => source.replaceAll(/(from "\.{1,2}\/[^"]+)\.js"/g, '$1"');
