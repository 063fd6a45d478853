import * as z from 'zod';
import { quote } from '../quote.ts';
import { defineConstraint, unless } from './definition.ts';

/** A refusal comes first; later in an answer the same words are mostly part of its matter. */
const opening = 400;

/**
 * How assistants decline, by language, for the opening of an answer in lower case with straight apostrophes: what they cannot do
 * (help, say, discuss, go on), not what they cannot find or know.
 */
const refusals: Readonly<Record<string, RegExp>> = {
  English:
    /\bi(?:'m| am)? ?(?:really |very |so |truly )?(?:sorry|apologi[sz]e)[^.!?\n]{0,40}?\bi(?: am|'m)? ?(?:can(?:not|'t| not)|won't|will not|unable to|not able to|not comfortable)|\bi(?: simply| really)? (?:can(?:not|'t| not)|won't|will not|am unable to|am not able to|must decline to|have to decline to) (?:\w+ly )?(?:help|assist|comply|fulfill?|provide|generate|create|write|produce|answer|discuss|engage|support|share|offer|participate|do that|continue with)|\bi'm (?:unable|not able|not allowed|not permitted) to (?:help|assist|comply|fulfill?|provide|generate|create|write|produce|answer|discuss|engage|share)|\bas an ai(?: language)?(?: model| assistant)?,? i (?:can(?:not|'t)|am (?:unable|not able)|do not|don't|won't)|\bi must (?:respectfully )?decline|\bagainst my (?:guidelines|programming|policies)/,
  German:
    /\b(?:tut mir leid|entschuldigung)[^.!?\n]{0,40}?\b(?:ich kann|kann ich|ich darf|darf ich)\b[^.!?\n]{0,60}\bnicht\b|\b(?:ich kann|kann ich|ich darf|darf ich) (?:ihnen |dir )?(?:dabei|damit|das|diese[rmns]? \w+|hierbei|bei diese\w+ \w+)? ?(?:leider )?nicht (?:\w+ )?(?:helfen|weiterhelfen|unterstützen|beantworten|erfüllen|erstellen|bereitstellen)|\bals (?:ki|künstliche intelligenz|ki-\w+)[^.!?\n]{0,30}kann ich/,
  French:
    /\b(?:désolée?|je m'excuse)[^.!?\n]{0,40}?\bje ne (?:peux|suis)\b|\bje ne (?:peux|puis) (?:pas )?(?:vous |t')?(?:aider|répondre|fournir|créer|générer|satisfaire|accéder à)|\bje ne suis pas en mesure de|\ben tant qu'(?:ia|intelligence artificielle|assistant)/,
  Spanish:
    /\b(?:lo siento|disculpa)[^.!?\n]{0,40}?\bno puedo\b|\bno puedo (?:ayudar|ayudarte|asistir|cumplir|proporcionar|generar|crear|responder|ofrecer)|\bcomo (?:modelo de lenguaje|inteligencia artificial|asistente)[^.!?\n]{0,30}no (?:puedo|tengo)/,
  Italian:
    /\b(?:mi dispiace|spiacente)[^.!?\n]{0,40}?\bnon posso\b|\bnon posso (?:aiutar|assister|fornir|crear|generar|risponder|soddisfar)|\bnon sono in grado di (?:aiutar|fornir|risponder|crear|generar)/,
  Portuguese:
    /\b(?:desculpe|desculpa|sinto muito|lamento)[^.!?\n]{0,40}?\bnão posso\b|\bnão posso (?:ajudar|ajudá|auxiliar|fornecer|criar|gerar|responder|cumprir)/,
  Dutch: /\b(?:sorry|het spijt me)[^.!?\n]{0,40}?\bik kan\b[^.!?\n]{0,60}\bniet\b|\bik kan (?:je |u )?(?:hier|daar)(?:bij|mee) niet helpen/,
};

export const noRefusal = defineConstraint({
  name: 'noRefusal',
  summary:
    'The answer is no refusal: the model did not stop to refuse, no content filter cut it off, and it does not begin with the words of a refusal (English, German, French, Spanish, Italian, Portuguese, Dutch).',
  schema: z.strictObject({
    phrases: z.array(z.string().trim().min(1).max(1_000)).max(1_000).default([]).describe('More words of refusal, in any case.'),
  }),
  bind({ phrases }) {
    const own = phrases.map(even);
    return ({ text, finish }) => {
      if (finish === 'refusal') return unless('the model refused to answer');
      if (finish === 'content-filter') return unless('a content filter stopped the answer');
      const start = even(text.slice(0, opening * 4)).slice(0, opening);
      const found = Object.values(refusals).find((pattern) => pattern.test(start)) ?? own.find((phrase) => start.includes(phrase));
      return unless(found && `begins like a refusal: ${quote(text)}`);
    };
  },
});

function even(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[’‘ʼ`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
