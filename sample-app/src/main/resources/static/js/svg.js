/** Builds an SVG element. */
export function svg(tag, attributes = {}, text = '') {
	const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
	for (const [name, value] of Object.entries(attributes)) {
		node.setAttribute(name, value);
	}
	node.textContent = text;
	return node;
}

/** Zero, a middle, and a top that is round, in units of the base's powers, and not below the highest value. */
export function niceTicks(highest, base) {
	if (!(highest > 0)) {
		return [0, 1];
	}
	const unit = base ** Math.max(0, Math.floor(Math.log(highest) / Math.log(base)));
	const magnitude = 10 ** Math.floor(Math.log10(highest / unit));
	const top = [1, 2, 4, 6, 8, 10].find((step) => step * magnitude >= highest / unit * 0.999) * magnitude * unit;
	return [0, top / 2, top];
}
