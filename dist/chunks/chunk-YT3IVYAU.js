import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/edges/models/clean.ts
var longest = 300;
function cleaner(secrets) {
  const hidden = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  return (text) => {
    const safe = hidden.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
    const line = safe.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
    return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
  };
}

export {
  cleaner
};
