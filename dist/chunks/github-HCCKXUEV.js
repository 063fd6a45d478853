import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  context,
  getOctokit
} from "./chunk-JNK5MWD7.js";
import "./chunk-5DTQ6CLS.js";
import "./chunk-OPJONNOR.js";
import "./chunk-HANBNIMK.js";
export {
  context,
  getOctokit
};
