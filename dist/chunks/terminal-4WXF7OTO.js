import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  requestOf,
  runCheck,
  worldOf
} from "./chunk-CXXSAH3O.js";
import "./chunk-4VQ42GPD.js";
import "./chunk-MEQNXXL4.js";
import "./chunk-S43IZFKG.js";
import "./chunk-PZFMAY7X.js";
import "./chunk-W65HOFJJ.js";
import "./chunk-5GTXJ4BW.js";
import "./chunk-HANBNIMK.js";
export {
  requestOf,
  runCheck,
  worldOf
};
