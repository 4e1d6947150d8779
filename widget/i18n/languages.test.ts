import { expect } from 'chai';
import { englishLaterSteps } from './en-later-steps.ts';
import { englishSelectTime } from './en-select-time.ts';
import { englishSessionTypes } from './en-session-types.ts';
import { languages } from './languages.ts';
import { translationFor } from './load-texts.ts';
import type { Dictionary, Text } from './texts.ts';

const firstEnglish: Dictionary = { ...englishSelectTime, ...englishSessionTypes };
const laterEnglish: Dictionary = englishLaterSteps;

const formsOf = (text: Text | undefined): readonly string[] =>
  text === undefined ? [] : typeof text === 'string' ? [text] : Object.values(text);

const placeholdersIn = (texts: readonly string[]) =>
  [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted();

/** The forms that whole numbers of people, days and minutes can ask for. */
const formsAskedFor = (language: string) => {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 1001 }, (_, count) => rules.select(count)))].toSorted();
};

for (const [language, load] of Object.entries(languages)) {
  describe(`the texts in ${language}`, () => {
    const both = async () => {
      const { texts, loadLaterSteps } = await load();
      const later = await loadLaterSteps();
      return [
        [texts, firstEnglish],
        [later.texts, laterEnglish],
      ] as readonly (readonly [Dictionary, Dictionary])[];
    };

    it('are there for every key of English, and for no other', async () => {
      for (const [texts, english] of await both()) {
        expect(Object.keys(texts).toSorted()).to.deep.equal(Object.keys(english).toSorted());
        expect(Object.values(texts).flatMap(formsOf)).not.to.include('');
      }
    });

    it('are filled in with what English is filled in with', async () => {
      for (const [texts, english] of await both()) {
        for (const [key, text] of Object.entries(english)) {
          const wanted = placeholdersIn(formsOf(text));
          const forms = formsOf(texts[key]);
          expect(placeholdersIn(forms), key).to.deep.equal(wanted);
          // A form may be the number in words; everything else is in each of them.
          for (const form of forms) {
            expect(placeholdersIn([form, '{count}']), `${key}: ${form}`).to.include.members(wanted);
          }
        }
      }
    });

    it('have every plural form that the language asks for', async () => {
      const asked = formsAskedFor(language);
      for (const [texts, english] of await both()) {
        for (const [key, text] of Object.entries(english)) {
          if (typeof text !== 'object') continue;
          const own = texts[key];
          // Where there is but one form, it is the sentence itself.
          const given = typeof own === 'string' ? ['other'] : Object.keys(own ?? {});
          expect(given, key).to.include.members(asked);
          expect(given, key).to.include('other');
        }
      }
    });
  });
}

describe('a language', () => {
  const known = { de: languages['de']!, 'zh-Hant': languages['fr']!, zh: languages['es']! };

  it('is looked for exactly, then by its script, then by its base', () => {
    expect(translationFor('de', known)).to.equal(known.de);
    expect(translationFor('de-AT', known)).to.equal(known.de);
    expect(translationFor('zh-TW', known)).to.equal(known['zh-Hant']);
    expect(translationFor('zh-CN', known)).to.equal(known.zh);
  });

  it('is English where there is no other', () => {
    for (const tag of ['en', 'en-GB', 'tlh', 'und']) {
      expect(translationFor(tag, known), tag).to.equal(undefined);
    }
  });
});
