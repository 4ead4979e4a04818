/** Finds an element by its id. */
export const byId = (id) => document.getElementById(id);

/** Builds an element. Children that are strings become text, never markup. */
export function element(tag, properties = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (name in node) {
			node[name] = value;
		}
		else {
			node.setAttribute(name, value);
		}
	}
	node.append(...children);
	return node;
}

/** Appends to a log, drops its oldest entries, and stays at its end unless the reader has scrolled up. */
export function appendToLog(log, entry, limit = 200) {
	const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
	log.querySelector(':scope > .empty')?.remove();
	log.append(entry);
	while (log.children.length > limit) {
		log.firstElementChild.remove();
	}
	if (atEnd) {
		log.scrollTop = log.scrollHeight;
	}
}
