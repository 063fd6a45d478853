import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
function sentence({file,line,key,what,fix}){let place=file===void 0?"":`${file}${line===void 0?"":`:${line}`}: `,name=key===void 0?"":`key "${key}": `;return`${place}${name}${what}.${fix===void 0?"":` ${fix}`}`}var UserError=class extends Error{name="UserError";problems;constructor(...problems){super(problems.map(sentence).join(`
`)),this.problems=problems}};export{sentence,UserError};
