import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{context,getOctokit}from"./chunk-L5MW3S63.js";import"./chunk-S2P5TEA5.js";import"./chunk-LZ3REH2O.js";import"./chunk-YZASLWB7.js";export{context,getOctokit};
