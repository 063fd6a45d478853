import * as z from 'zod';
import { lazy } from './lazy.ts';

/** Names the language of a text with its ISO 639-1 code; undefined for a text without words. */
export type DetectLanguage = (text: string) => string | undefined;

/** The languages of the detector (eld) and two that are told apart by their function words. */
const supportedLanguages = (
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms ne nl no or pa pl pt ' +
  'ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi yo zh'
).split(' ');

export const supportedLanguage = z
  .string()
  .toLowerCase()
  .refine((code) => supportedLanguages.includes(code), {
    error: `must be one of the ISO 639-1 codes of the languages that can be told apart: ${supportedLanguages.join(', ')}`,
  });

/** Tells the language of a sample of a few hundred characters. Loads the detector's n-grams (1.6 MB) on first use. */
export const detector = lazy(async (): Promise<DetectLanguage> => {
  const { eld } = await import('eld/small');
  return (sample) => {
    const language = eld.detect(sample).language;
    return language === '' ? undefined : (unlisted(sample, language) ?? language);
  };
});

/** Characters of the text by language; text that no language can be told of is left out. */
export function languageShares(text: string, detect: DetectLanguage): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const sample of samplesOf(text)) {
    const language = detect(sample);
    if (language !== undefined) shares.set(language, (shares.get(language) ?? 0) + sample.length);
  }
  return shares;
}

/** The language that most of the text is in. */
export function mainLanguage(text: string, detect: DetectLanguage): string | undefined {
  return [...languageShares(text, detect)].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** The detector reads about 350 bytes of what it is given. */
const sampleLength = 300;
const mostSamples = 40;

/** Runs of the text, all of it or evenly spread over it, without links, mail addresses, code marks and digits. */
function samplesOf(text: string): string[] {
  const step = Math.max(sampleLength, Math.floor(text.length / mostSamples));
  const samples: string[] = [];
  for (let start = 0; start < text.length; ) {
    const cut = start + sampleLength;
    const space = text.length - cut < sampleLength / 3 ? text.length : nextSpace(text, cut);
    const sample = text.slice(start, space).replace(noise, ' ').trim();
    if (/\p{L}/u.test(sample)) samples.push(sample);
    start = Math.max(space, start + step);
  }
  return samples;
}

const noise = /https?:\/\/\S+|www\.\S+|[\p{Nd}_*#`<>|{}[\]"]+/gu;

function nextSpace(text: string, from: number): number {
  const near = text.slice(from, from + 60).search(/\s/);
  return near < 0 ? from : from + near;
}

/** A language the detector does not know but takes for a related one, told by how many of the words are its function words. */
function unlisted(sample: string, taken: string): string | undefined {
  const words = sample.toLowerCase().split(/[\s.,;:!?()।"'-]+/);
  const share = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length / words.length;
  if ((taken === 'hi' || taken === 'mr') && share(nepali) > Math.max(0.02, share(hindi), share(marathi))) return 'ne';
  if (/\p{sc=Latin}/u.test(sample) && share(swahili) > 0.15 && share(swahili) > share(english)) return 'sw';
  return undefined;
}

const wordSet = (words: string) => new Set(words.split(' '));
const nepali = wordSet(
  'छ छन् छैन हो होइन हुन् हुन्छ हुनेछ थियो थिए गर्न गर्नु गर्नुहोस् गरेको भएको भन्ने भने पनि लागि तर यो त्यो तपाईं तपाईंको हामी हामीले मेरो र वा छु छौं जानुहोस् पुगेपछि दिन',
);
const hindi = wordSet('है हैं था थी थे हूँ में के का की को से और यह वह नहीं लिए आप हम मैं एक पर भी कर ने या');
const marathi = wordSet('आहे आहेत नाही आणि होते होता होती मी तो ती ते या हे ही हा का साठी करा करू तुम्ही आम्ही एक पण');
const swahili = wordSet(
  'na ya wa kwa ni katika za la cha vya kuwa hii huu hiyo hilo yake wake watu kama lakini pia sana au ambayo ambao mimi wewe yeye sisi hizi hivyo bila',
);
const english = wordSet('the of and to in is a that it for was on with as be at by this are or an');
