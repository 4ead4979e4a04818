const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** The time of day of a Date or ISO text. */
export const timeOfDay = (when) => clock.format(new Date(when));

/** 0, 0.12, 1.5, 25, 1,234 */
export function number(value) {
	const digits = value === 0 || Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
	return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** A size in bytes. */
export function bytes(value) {
	const units = ['B', 'KiB', 'MiB', 'GiB'];
	let unit = 0;
	while (Math.abs(value) >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${number(value)} ${units[unit]}`;
}

/** A duration in seconds. */
export function duration(seconds) {
	if (seconds === 0) {
		return '0 s';
	}
	if (seconds < 1e-3) {
		return `${number(seconds * 1e6)} µs`;
	}
	return seconds < 1 ? `${number(seconds * 1e3)} ms` : `${number(seconds)} s`;
}
