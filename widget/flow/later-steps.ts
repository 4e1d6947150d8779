// The chunk of everything after a time is chosen: its transitions, effects, texts and elements.
export { englishLaterSteps as english } from '../i18n/en-later-steps.ts';
export { attend } from './attend.ts';
export { resume } from './resume.ts';
export { runEffect } from './run-later-effect.ts';
export { transition } from './transition.ts';
export { attendSelectTime } from '../steps/select-time/attend-select-time.ts';
export { defineSteps } from '../steps/define-later-steps.ts';
