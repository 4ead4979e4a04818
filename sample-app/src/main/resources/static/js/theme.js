import { byId } from './dom.js';

/** As the system says, until the reader chooses. */
export function startTheme() {
	const button = byId('theme');
	const system = matchMedia('(prefers-color-scheme: dark)');
	let chosen = localStorage.getItem('theme');
	const apply = () => {
		const dark = chosen ? chosen === 'dark' : system.matches;
		document.documentElement.dataset.theme = dark ? 'dark' : 'light';
		button.setAttribute('aria-pressed', String(dark));
	};
	button.addEventListener('click', () => {
		chosen = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
		localStorage.setItem('theme', chosen);
		apply();
	});
	system.addEventListener('change', apply);
	apply();
}
