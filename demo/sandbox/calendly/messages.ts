import type { Locale } from './resources.ts';

/** Calendly writes the message of an error detail in the language of the account; the code stays. */
const translations: Record<string, { fr: string; de: string }> = {
  'That start time has been filled': {
    fr: 'Cette heure de début est déjà prise',
    de: 'Diese Startzeit ist bereits vergeben',
  },
  'invalid location choice': { fr: 'choix de lieu non valide', de: 'ungültige Ortsauswahl' },
  'is missing': { fr: 'est manquant', de: 'fehlt' },
  'is invalid': { fr: "n'est pas valide", de: 'ist ungültig' },
  'must be filled': { fr: 'doit être rempli', de: 'muss ausgefüllt werden' },
  'must be in the future': { fr: 'doit être dans le futur', de: 'muss in der Zukunft liegen' },
};

export const translate = (message: string, locale: Locale): string =>
  locale === 'en' ? message : (translations[message]?.[locale] ?? message);
