import { appendToLog, byId, element } from './dom.js';
import { timeOfDay } from './format.js';

const COLOURS = 6;

/** The log and the list of people of a chat, whose elements' ids begin with a prefix. */
export class ChatView {

	#lines;
	#people;
	#count;

	constructor(prefix) {
		this.#lines = byId(`${prefix}-lines`);
		this.#people = byId(`${prefix}-people`);
		this.#count = byId(`${prefix}-count`);
	}

	showPeople(names, me) {
		this.#count.textContent = names.length;
		this.#people.replaceChildren(...names.map((name) =>
			element('li', {}, avatar(name), element('span', { className: 'name' }, name), name === me ? ' (you)' : '')));
	}

	notice(text, at = new Date()) {
		appendToLog(this.#lines, element('li', { className: 'notice-line' }, `${text} · `, time(at)));
	}

	/** note: what else there is to say of the line, may be empty. */
	line({ name, text, at }, mine, note = '') {
		appendToLog(this.#lines, element('li', { className: `line${mine ? ' mine' : ''}${note ? ' noted' : ''}` }, avatar(name),
			element('div', { className: 'bubble' },
				element('div', { className: 'line-head' }, element('strong', {}, name), note ? ` ${note} ` : ' ', time(at)),
				element('p', {}, text))));
	}

}

function time(at) {
	return element('time', { dateTime: new Date(at).toISOString() }, timeOfDay(at));
}

function avatar(name) {
	let hash = 0;
	for (const character of name) {
		hash = (hash * 31 + character.codePointAt(0)) >>> 0;
	}
	return element('span', { className: `avatar tone-${hash % COLOURS}`, 'aria-hidden': 'true' },
		[...name][0].toUpperCase());
}
