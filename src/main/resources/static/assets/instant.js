'use strict';

/*
 * A field for a date and a time, with a calendar in the product's look. What it holds is typed or
 * chosen as "2026-11-30 18:00", by the viewer's clock; the form says in which zone. Without this
 * script it is the browser's own field.
 */
if (!customElements.get('lk-instant')) {
	const minute = 60000;
	const two = (number) => String(number).padStart(2, '0');
	const day = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
	const text = (at) => `${day(at)} ${two(at.getHours())}:${two(at.getMinutes())}`;
	const words = (options) => new Intl.DateTimeFormat(document.documentElement.lang, options);
	const named = { month: words({ month: 'long', year: 'numeric' }), day: words({ dateStyle: 'full' }),
		weekday: words({ weekday: 'short' }), wholeWeekday: words({ weekday: 'long' }) };

	/* The same day of another month, or that month's last. */
	const monthsLater = (at, months) => {
		const last = new Date(at.getFullYear(), at.getMonth() + months + 1, 0).getDate();
		return new Date(at.getFullYear(), at.getMonth() + months, Math.min(at.getDate(), last));
	};
	const daysLater = (at, days) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
	const weekday = (at) => (at.getDay() + 6) % 7;

	customElements.define('lk-instant', class extends HTMLElement {

		connectedCallback() {
			this.field = this.querySelector('input');
			if (this.panel || !this.field) {
				return;
			}
			const typed = this.field.getAttribute('value') ?? '';
			this.field.type = 'text';
			this.field.value = typed.replace('T', ' ');
			this.append(this.querySelector('template').content.cloneNode(true));
			this.button = this.querySelector('button');
			this.panel = this.querySelector('[role="dialog"]');
			this.panel.id = `${this.field.id}-panel`;
			this.button.setAttribute('aria-controls', this.panel.id);
			this.fillWords();
			this.listen();
		}

		fillWords() {
			const monday = new Date(2024, 0, 1);
			for (let nth = 0; nth < 7; nth++) {
				const head = document.createElement('th');
				head.scope = 'col';
				head.abbr = named.wholeWeekday.format(daysLater(monday, nth));
				head.textContent = named.weekday.format(daysLater(monday, nth));
				this.panel.querySelector('thead tr').append(head);
			}
			const fill = (part, most, step) => {
				for (let number = 0; number < most; number += step) {
					this.part(part).add(new Option(two(number), number));
				}
			};
			fill('Hours', 24, 1);
			fill('Minutes', 60, 5);
		}

		listen() {
			this.button.addEventListener('click', () => this.panel.hidden ? this.open() : this.close());
			this.field.addEventListener('keydown', (event) => {
				if (event.key === 'ArrowDown' && event.altKey) {
					event.preventDefault();
					this.open();
				}
			});
			this.addEventListener('keydown', (event) => {
				if (event.key === 'Escape' && !this.panel.hidden) {
					event.preventDefault();
					event.stopPropagation();
					this.close();
				}
			});
			this.panel.querySelector('tbody').addEventListener('keydown', (event) => this.move(event));
			this.panel.addEventListener('change', (event) => {
				event.stopPropagation();
				this.choose(this.day);
			});
			this.panel.addEventListener('click', (event) => this.press(event.target.closest('button')));
			document.addEventListener('click', (event) => {
				if (!this.panel.hidden && !event.composedPath().includes(this)) {
					this.panel.hidden = true;
					this.button.setAttribute('aria-expanded', 'false');
				}
			});
			this.addEventListener('focusout', (event) => {
				if (event.relatedTarget && !this.contains(event.relatedTarget)) {
					this.panel.hidden = true;
					this.button.setAttribute('aria-expanded', 'false');
				}
			});
		}

		press(button) {
			if (!button || button.getAttribute('aria-disabled') === 'true') {
				return;
			}
			if (button.dataset.length) {
				this.put(new Date(Date.now() + this.milliseconds(button.dataset.length)));
				this.close();
			}
			else if (button.dataset.months) {
				this.show(monthsLater(this.day, Number(button.dataset.months)));
			}
			else if (button.dataset.day) {
				this.choose(new Date(`${button.dataset.day}T00:00`));
				this.focusDay();
			}
			else if (button.dataset.clear !== undefined) {
				this.put(null);
				this.close();
			}
			else if (button.dataset.done !== undefined) {
				this.close();
			}
		}

		/* From day to day, week to week, month to month, and with Shift year to year. */
		move(event) {
			const to = {
				ArrowLeft: () => daysLater(this.day, -1),
				ArrowRight: () => daysLater(this.day, 1),
				ArrowUp: () => daysLater(this.day, -7),
				ArrowDown: () => daysLater(this.day, 7),
				Home: () => daysLater(this.day, -weekday(this.day)),
				End: () => daysLater(this.day, 6 - weekday(this.day)),
				PageUp: () => monthsLater(this.day, event.shiftKey ? -12 : -1),
				PageDown: () => monthsLater(this.day, event.shiftKey ? 12 : 1),
			}[event.key];
			if (to) {
				event.preventDefault();
				this.show(to());
				this.focusDay();
			}
		}

		open() {
			const at = this.chosen() ?? this.within(new Date());
			this.setClock(at);
			this.panel.querySelectorAll('[data-length]').forEach((button) => {
				button.hidden = Date.now() + this.milliseconds(button.dataset.length) > this.latest();
			});
			this.panel.hidden = false;
			this.button.setAttribute('aria-expanded', 'true');
			this.show(at);
			this.panel.scrollIntoView({ block: 'nearest' });
			this.focusDay();
		}

		close() {
			this.panel.hidden = true;
			this.button.setAttribute('aria-expanded', 'false');
			this.button.focus();
		}

		/* What stands in the field; null when it is not a time. */
		chosen() {
			const match = /^\s*(\d{4}-\d\d-\d\d)[ T]+(\d\d:\d\d)(:\d\d)?\s*$/.exec(this.field.value);
			const at = match && new Date(`${match[1]}T${match[2]}`);
			return (at && !isNaN(at)) ? at : null;
		}

		earliest() {
			return Date.now();
		}

		/* What the policy allows, counted from the start that the form holds. */
		latest() {
			if (this.dataset.latest) {
				return Date.parse(this.dataset.latest);
			}
			if (!this.dataset.longest) {
				return Infinity;
			}
			const start = this.field.form?.querySelector('[name="startsAt"]')?.closest('lk-instant')?.chosen();
			return Math.max(start?.getTime() ?? 0, Date.now()) + Number(this.dataset.longest) * 1000;
		}

		/* The nearest time that may be chosen, in whole minutes. */
		within(at) {
			const most = Math.floor(this.latest() / minute) * minute;
			const least = Math.min(Math.ceil(this.earliest() / (5 * minute)) * 5 * minute, most);
			return new Date(Math.min(Math.max(at.getTime(), least), most));
		}

		choose(date) {
			this.put(this.within(new Date(date.getFullYear(), date.getMonth(), date.getDate(),
				Number(this.part('Hours').value), Number(this.part('Minutes').value))));
		}

		put(at) {
			if (at) {
				this.setClock(at);
				this.field.value = text(at);
				this.show(at);
			}
			else {
				this.field.value = '';
			}
			this.field.dispatchEvent(new Event('input', { bubbles: true }));
			this.field.dispatchEvent(new Event('change', { bubbles: true }));
		}

		setClock(at) {
			const minutes = this.part('Minutes');
			[...minutes.options].filter((option) => option.value % 5).forEach((option) => option.remove());
			if (at.getMinutes() % 5) {
				minutes.add(new Option(two(at.getMinutes()), at.getMinutes()), Math.ceil(at.getMinutes() / 5));
			}
			minutes.value = at.getMinutes();
			this.part('Hours').value = at.getHours();
		}

		part(name) {
			return this.panel.querySelector(`[data-part="${name}"]`);
		}

		/* The month of a day, which is the one that Tab comes to. */
		show(date) {
			this.day = new Date(date.getFullYear(), date.getMonth(), date.getDate());
			const month = named.month.format(this.day);
			const title = this.panel.querySelector('strong');
			if (title.textContent !== month) {
				title.textContent = month;
			}
			this.panel.querySelector('table').setAttribute('aria-label', month);
			const first = new Date(this.day.getFullYear(), this.day.getMonth(), 1);
			const weeks = document.createDocumentFragment();
			for (let monday = daysLater(first, -weekday(first)); monday <= monthsLater(first, 1) && (monday <= first || monday.getMonth() === first.getMonth()); monday = daysLater(monday, 7)) {
				const week = document.createElement('tr');
				for (let nth = 0; nth < 7; nth++) {
					week.append(this.cell(daysLater(monday, nth)));
				}
				weeks.append(week);
			}
			this.panel.querySelector('tbody').replaceChildren(weeks);
		}

		cell(date) {
			const cell = document.createElement('td');
			if (date.getMonth() !== this.day.getMonth()) {
				return cell;
			}
			const button = document.createElement('button');
			button.type = 'button';
			button.textContent = date.getDate();
			button.dataset.day = day(date);
			button.tabIndex = (day(date) === day(this.day)) ? 0 : -1;
			button.setAttribute('aria-label', named.day.format(date));
			if (day(date) === day(new Date())) {
				button.setAttribute('aria-current', 'date');
			}
			if (daysLater(date, 1) <= this.earliest() || date > this.latest()) {
				button.setAttribute('aria-disabled', 'true');
			}
			const chosen = this.chosen();
			cell.setAttribute('aria-selected', String(chosen !== null && day(chosen) === day(date)));
			cell.append(button);
			return cell;
		}

		focusDay() {
			this.panel.querySelector('tbody [tabindex="0"]').focus();
		}

		/* Of lengths such as PT4H and P7D. */
		milliseconds(length) {
			const [, number, unit] = /(\d+)([MHD])$/.exec(length);
			return number * { M: minute, H: 60 * minute, D: 1440 * minute }[unit];
		}

	});
}
