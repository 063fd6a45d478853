// Markdown as GitHub makes HTML of it: its flavour, raw HTML, then its sanitiser's rules, which are the defaults of rehype-sanitize.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const stylesheet = readFileSync(fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown.css')), 'utf8');

/** The frame of a comment, and as wide as one. */
const frame = `
  body { margin: 16px; background: light-dark(#fff, #0d1117); color-scheme: light dark; }
  main { width: 760px; padding: 16px; border: 1px solid light-dark(#d1d9e0, #3d444d); border-radius: 6px; }
  .markdown-body { font-size: 14px; }
`;

const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkBreaks)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize)
  .use(rehypeStringify);

/** The page of a comment. `open`: with all folds open. */
export async function page(markdown, open) {
  const html = alerts(String(await renderer.process(markdown)));
  const shown = open ? html.replaceAll('<details>', '<details open>') : html;
  return `<!doctype html><meta charset="utf-8"><style>${stylesheet}${frame}</style><main class="markdown-body">${shown}</main>`;
}

/** GitHub makes its alerts after it has sanitised. */
function alerts(html) {
  return html.replaceAll(
    /<blockquote>\s*<p>\[!(WARNING|NOTE)\](?:<br>)?\s*([\s\S]*?)<\/blockquote>/g,
    (_whole, kind, content) =>
      `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind === 'NOTE' ? 'Note' : 'Warning'}</p><p>${content}</div>`,
  );
}
