'use strict';

/* The theme follows the system until it is switched. Runs in the head, so that no page flashes. */
const theme = {
	dark: matchMedia('(prefers-color-scheme: dark)'),
	chosen() {
		try {
			return localStorage.getItem('latchkey-theme');
		}
		catch {
			return null;
		}
	},
	current() {
		return this.chosen() ?? (this.dark.matches ? 'dark' : 'light');
	},
	show() {
		document.documentElement.dataset.bsTheme = this.current();
		document.querySelectorAll('[data-lk-theme]').forEach((button) => {
			const label = (this.current() === 'dark') ? button.dataset.toLight : button.dataset.toDark;
			button.hidden = false;
			button.setAttribute('aria-label', label);
			button.title = label;
			button.firstElementChild.className = (this.current() === 'dark') ? 'ti ti-sun' : 'ti ti-moon';
		});
	},
	switch() {
		const next = (this.current() === 'dark') ? 'light' : 'dark';
		try {
			localStorage.setItem('latchkey-theme', next);
		}
		catch {
			/* Private windows may keep nothing: it holds for this page then. */
		}
		document.documentElement.dataset.bsTheme = next;
		this.show();
	},
};
theme.show();
theme.dark.addEventListener('change', () => theme.show());

/* Instants in the viewer's zone, and relative ones that stay true while the page is open. */
const times = {
	exact: new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'long' }),
	day: new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium' }),
	show(root) {
		root.querySelectorAll('time[datetime]').forEach((element) => {
			const at = new Date(element.dateTime);
			element.title = this.exact.format(at);
			if (element.dataset.lkTime !== undefined) {
				element.textContent = this.relative(at);
			}
			else if (element.dataset.lkExact !== undefined) {
				element.textContent = this.exact.format(at);
			}
		});
	},
	relative(at) {
		const words = document.body.dataset;
		const seconds = (at - Date.now()) / 1000;
		const length = Math.round(Math.abs(seconds));
		if (length >= 60 * 86400) {
			return this.day.format(at);
		}
		return ((seconds > 0) ? words.timeIn : words.timeAgo).replace('{0}', this.length(length, seconds > 0, words));
	},
	length(seconds, precise, words) {
		if (seconds < 60) {
			return `${seconds} ${words.timeSecond}`;
		}
		const minutes = Math.floor(seconds / 60);
		if (minutes < 60) {
			return `${minutes} ${words.timeMinute}`;
		}
		const hours = Math.floor(minutes / 60);
		if (hours < 48) {
			const rest = (precise && minutes % 60) ? ` ${minutes % 60} ${words.timeMinute}` : '';
			return `${hours} ${words.timeHour}${rest}`;
		}
		return `${Math.floor(hours / 24)} ${words.timeDay}`;
	},
};

/* A link to a page that asks first, or helps: it is shown in a dialog, help above a question. The page itself works as well. */
async function ask(link) {
	const dialog = document.getElementById((link.dataset.lkHelp !== undefined) ? 'lk-help' : 'lk-dialog');
	const answer = await fetch(link.href.split('#')[0], { credentials: 'same-origin' });
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	const question = page.querySelector('[data-lk-question]');
	if (!answer.ok || !question) {
		location.assign(link.href);
		return;
	}
	dialog.replaceChildren(document.adoptNode(question));
	dialog.setAttribute('aria-labelledby', question.getAttribute('aria-labelledby'));
	prepare(question);
	dialog.showModal();
	if (link.hash) {
		dialog.querySelector(link.hash)?.focus();
	}
}

/* A private key does not leave the browser. */
function holdsPrivateKey(text) {
	return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^Private-Lines:/m.test(text);
}

function refusePrivateKey(field) {
	const message = document.getElementById(field.dataset.lkPrivateKey);
	const refused = holdsPrivateKey(field.value);
	if (refused) {
		field.value = '';
	}
	if (refused || field.value !== '') {
		message.hidden = !refused;
		field.setAttribute('aria-invalid', String(refused));
	}
	return refused;
}

/* A form comes with its times in UTC, or as they were sent with the zone that was sent. */
function enterZone(field) {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (field.value === 'UTC' && zone && zone !== 'Etc/Unknown') {
		field.value = zone;
		field.form.querySelectorAll('[data-lk-instant]').forEach((input) => {
			const at = new Date(`${input.value.replace(' ', 'T')}Z`);
			if (input.value && !isNaN(at)) {
				const local = new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
				input.value = (input.type === 'text') ? local.replace('T', ' ') : local;
			}
		});
	}
	field.form.querySelectorAll('[data-lk-zone]').forEach((element) => {
		element.textContent = field.value;
	});
}

function prepare(root) {
	times.show(root);
	root.querySelectorAll('input[name="zone"]').forEach(enterZone);
	root.querySelectorAll('[data-lk-copy]').forEach((button) => {
		button.hidden = !navigator.clipboard;
	});
}

document.addEventListener('DOMContentLoaded', () => {
	theme.show();
	prepare(document);
	setInterval(() => times.show(document), 10000);
});
document.addEventListener('htmx:load', (event) => prepare(event.target));

document.addEventListener('click', (event) => {
	const target = event.target.closest('[data-lk-theme], [data-lk-ask], [data-lk-help], [data-lk-back], [data-lk-copy]');
	if (!target || event.ctrlKey || event.metaKey || event.shiftKey) {
		return;
	}
	if (target.dataset.lkTheme !== undefined) {
		theme.switch();
	}
	else if (target.dataset.lkAsk !== undefined || target.dataset.lkHelp !== undefined) {
		event.preventDefault();
		ask(target);
	}
	else if (target.dataset.lkBack !== undefined && target.closest('dialog')) {
		event.preventDefault();
		target.closest('dialog').close();
	}
	else if (target.dataset.lkCopy !== undefined) {
		const source = (target.dataset.lkCopy) ? document.getElementById(target.dataset.lkCopy) : target.previousElementSibling;
		navigator.clipboard.writeText(source.textContent);
		target.querySelector('span').textContent = target.dataset.done;
	}
});

document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && event.target.closest('.lk-search')) {
		event.target.blur();
	}
	if (event.key === '?' && !event.target.closest('input, textarea, select, [contenteditable], dialog')) {
		event.preventDefault();
		ask(document.querySelector('[data-lk-help]'));
	}
	if (event.key === '/' && !event.target.closest('input, textarea, select, [contenteditable]')) {
		event.preventDefault();
		document.querySelector('[role="search"] input')?.focus();
	}
});

document.addEventListener('input', (event) => {
	if (event.target.dataset.lkPrivateKey !== undefined) {
		refusePrivateKey(event.target);
	}
	if (event.target.dataset.lkChoice) {
		const choice = document.getElementById(event.target.dataset.lkChoice);
		if (choice) {
			choice.checked = true;
		}
	}
});

/* What is looked at again by itself waits while somebody works in it. */
document.addEventListener('htmx:beforeRequest', (event) => {
	const live = event.target;
	if (live.dataset.lkLive !== undefined
			&& (live.contains(document.activeElement) || live.querySelector('.lk-drop[open], .lk-run[open], .lk-fold[open]'))) {
		event.preventDefault();
	}
});

/* What a filter cannot be is said by the page itself. */
document.addEventListener('htmx:responseError', (event) => {
	if (event.target.matches('.lk-filters')) {
		event.target.submit();
	}
});

document.addEventListener('submit', (event) => {
	const fields = [...event.target.querySelectorAll('[data-lk-private-key]')];
	if (fields.some(refusePrivateKey)) {
		event.preventDefault();
	}
});
