import { expect } from 'chai';
import { joinAnswer, splitAnswer } from './multi-answer.ts';

const choices = ['Pricing', 'Packages, and more', 'Hiring'];

describe('an answer of several choices', () => {
  it('is one line for each, in the order of the choices', () => {
    const answer = joinAnswer({ chosen: ['Pricing', 'Hiring'], other: ' My own ' });
    expect(answer).to.equal('Pricing\nHiring\nMy own');
    expect(splitAnswer(answer, choices)).to.deep.equal({
      chosen: ['Pricing', 'Hiring'],
      other: 'My own',
    });
  });

  it('is empty when nothing is chosen', () => {
    expect(joinAnswer({ chosen: [], other: ' ' })).to.equal('');
    expect(splitAnswer('', choices)).to.deep.equal({ chosen: [], other: '' });
  });

  it('is not split at commas', () => {
    expect(splitAnswer('Packages, and more', choices).chosen).to.deep.equal(['Packages, and more']);
  });
});
