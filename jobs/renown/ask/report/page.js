
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = JSON.parse(document.getElementById("texts").textContent);
  const LANGUAGES = { en: "English", es: "Español" };
  const THEMES = ["auto", "light", "dark"];
  const TERMS = ["authority", "reactors", "resonance", "persistence", "audience", "regularity",
    "conversation", "attestation", "reactors_6_hours", "reactors_1_day", "reactors_4_days", "reactors_16_days",
    "recency", "reaction_days", "fading_reactors"];
  const LISTED = 10;
  const BIN = 2.5;

  // A browser may refuse to remember anything for a page from a file.
  const memory = {
    get(name) { try { return localStorage.getItem("renown." + name); } catch (e) { return null; } },
    set(name, value) { try { localStorage.setItem("renown." + name, value); } catch (e) { /* forgotten */ } },
  };

  // A link may ask for a language (?lang=es), colours (?theme=dark), names (?find=ada), a place on the map (?walk=topic chess), an account
  // (#account=7), a topic (#topic=chess), a community (#community=7) or a post (#post=its id).
  const asked = {
    language: new URLSearchParams(location.search).get("lang"),
    theme: new URLSearchParams(location.search).get("theme"),
    find: new URLSearchParams(location.search).get("find"),
    walk: new URLSearchParams(location.search).get("walk"),
  };
  const state = {
    language: [asked.language, memory.get("language"), (navigator.language || "en").slice(0, 2), "en"]
      .find((code) => Object.hasOwn(LANGUAGES, code ?? "")),
    theme: [asked.theme, memory.get("theme"), "auto"].find((theme) => THEMES.includes(theme)),
    highest: "", movers: "", topic: "", network: "", kind: "", writes: "", breakouts: "", bridges: "", known: "",
    campaign: "", validation: "", mapped: "", node: asked.walk ?? "", card: null,
  };

  // ---- Words and numbers

  const text = (key, values) => {
    const found = texts[state.language][key] ?? texts.en[key] ?? key;
    return found.replace(/\{(\w+)\}/g, (all, name) => values && name in values ? values[name] : all);
  };
  const known = (group, word) => texts[state.language][group + "." + word] ?? word;
  // Who writes a name decides what stands in it: nothing may turn the line round or hide.
  const tame = (name) => String(name)
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
  const number = (value, digits = 0) => value === undefined || value === null ? ""
    : new Intl.NumberFormat(state.language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "always" })
      .format(value);
  const signed = (value, digits = 1) => new Intl.NumberFormat(state.language,
    { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "exceptZero" }).format(value);
  const percent = (share, digits = 0) => share === undefined || share === null ? ""
    : new Intl.NumberFormat(state.language, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(share);
  /** A chance too small to picture is "1 in so many"; beyond a million millions it is only called less. */
  const chance = (probability) => {
    if (probability >= 0.1) {
      return percent(probability);
    }
    const least = probability < 1e-12;
    const among = new Intl.NumberFormat(state.language,
      { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 2 }).format(1 / (least ? 1e-12 : probability));
    return text(least ? "chance.less" : "chance.of", { count: among });
  };
  const day = (iso, style = "medium") => new Intl.DateTimeFormat(state.language, { dateStyle: style, timeZone: "UTC" })
    .format(new Date(iso + "T00:00:00Z"));
  const moment = (millis) => new Intl.DateTimeFormat(state.language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })
    .format(new Date(millis)) + " UTC";
  const languageName = (code) => {
    try {
      return new Intl.DisplayNames([state.language], { type: "language" }).of(code) ?? code;
    } catch (e) {
      return code;
    }
  };
  const topicName = (id) => {
    const topic = topics.get(id);
    return topic ? tame((state.language === "es" && topic.label_es) || topic.label_en) : tame(id);
  };

  // ---- Elements: text is only ever set as text

  const el = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (value !== undefined && value !== null && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  };

  const account = (row, key = row.account_key) => {
    const label = el("bdi", null, row.handle ? tame(row.handle) : text("unnamed"));
    return cards.has(key) || indexed.has(key)
      ? el("button", { type: "button", class: "handle", "data-account": key, onclick: () => open(key) }, label)
      : label;
  };

  /**
   * Columns: [key of the heading, row -> text or element, whether it is a number, class]. On a phone
   * the rows of a broad table stand below one another, each value behind its heading; the roles keep
   * it a table for who does not see it.
   */
  const table = (caption, columns, rows, hideCaption) => el("div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { role: "table", class: columns.length > 3 ? "broad" : null },
      el("caption", hideCaption ? { class: "small" } : null, caption),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...columns.map(([heading, , isNumber, style]) =>
        el("th", { scope: "col", role: "columnheader", class: [isNumber ? "number" : "", style ?? ""].join(" ").trim() || null }, heading)))),
      el("tbody", { role: "rowgroup" }, ...rows.map((row) => el("tr", { role: "row" }, ...columns.map(([heading, cell, isNumber, style], i) =>
        el(i === 0 ? "th" : "td",
          { scope: i === 0 ? "row" : null, role: i === 0 ? "rowheader" : "cell", "data-heading": i === 0 ? null : heading,
            class: [isNumber ? "number" : "", style ?? ""].join(" ").trim() || null },
          cell(row) ?? "")))))));

  const select = (label, options, value, change) => {
    const box = el("select", { onchange: (event) => change(event.target.value) },
      ...options.map(([key, name]) => el("option", { value: key }, name)));
    box.value = value;
    return el("label", null, label, box);
  };

  const begin = (id, ...children) => {
    const section = document.getElementById(id);
    section.replaceChildren(el("h2", { id: id + "-title" }, text(id)), ...children);
    return section;
  };

  const note = (key, values) => el("p", null, text(key, values));
  /** What is said where there are no rows: a table that the night did not have is another matter. */
  const none = (table, key) => absent.has(table) ? note("absent", { table }) : note(key);
  const unique = (values) => [...new Set(values)].sort();
  const sum = (rows, column) => rows.reduce((total, row) => total + (row[column] ?? 0), 0);

  // ---- Charts, each with its numbers in a table: folded, or null where one stands beside it

  let charts = [];
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const series = (i) => color("series-" + (i % 6 + 1));

  const chart = (title, config, numbers, low) => {
    const canvas = el("canvas", { role: "img", "aria-label": title });
    const figure = el("figure", null,
      el("figcaption", { class: "small" }, title),
      el("div", { class: low ? "chart low" : "chart" }, canvas),
      numbers ? el("details", null, el("summary", null, text("numbers")), numbers) : null);
    pending.push(() => {
      const axis = (extra) => ({
        grid: { color: color("line") }, border: { color: color("line") },
        ...extra,
        ticks: { color: color("faint"), ...(extra.ticks ?? {}) },
        title: { display: Boolean(extra.name), text: extra.name, color: color("faint") },
      });
      const scales = {};
      for (const [name, extra] of Object.entries(config.scales)) {
        scales[name] = axis(extra);
      }
      return new Chart(canvas, {
        type: config.type,
        data: config.data,
        options: {
          animation: false,
          responsive: true,
          maintainAspectRatio: false,
          locale: state.language,
          indexAxis: config.indexAxis ?? "x",
          interaction: { mode: "index", intersect: false, axis: config.indexAxis ?? "x" },
          scales,
          plugins: {
            legend: { display: config.legend ?? true, labels: { color: color("ink"), boxWidth: 14, filter: config.legendFilter } },
            tooltip: config.tooltip ?? {},
          },
        },
      });
    });
    return figure;
  };
  let pending = [];
  const draw = (list = charts) => {
    pending.forEach((make) => list.push(make()));
    pending = [];
  };

  // ---- What the page is made from

  const absent = new Set(data.absent);
  const topics = new Map(data.topics.map((topic) => [topic.topic_id, topic]));
  // Parsed when the first is asked for: they are most of the page.
  const carded = new Set(data.cardKeys);
  let parsedCards = null;
  const cards = {
    has: (key) => carded.has(key),
    get: (key) => {
      parsedCards ??= new Map(JSON.parse(document.getElementById("cards").textContent).map((card) => [card.account_key, card]));
      return parsedCards.get(key);
    },
  };
  const indexed = new Map((data.index ?? []).map((row) => [row.k, row]));
  const networks = data.networks.map((row) => row.network);
  const tonight = data.activity.filter((row) => row.night === data.night);
  const networkOptions = () => [["", text("all")], ...networks.map((name) => [name, tame(name)])];

  const accountColumn = () => [text("column.account"), (row) => {
    const name = indexed.get(row.account_key)?.d;
    return el("span", null, account(row), name ? el("span", { class: "name" }, el("bdi", null, tame(name))) : null);
  }, false, "who"];

  function headline() {
    const lines = sum(tonight, "line_count");
    const rejected = sum(tonight, "rejected_count");
    const tile = (label, value, detail) => el("div", null, el("dt", null, label),
      el("dd", null, value, detail ? el("small", null, detail) : null));
    begin("headline",
      el("dl", { class: "tiles" },
        tile(text("tile.scored"), number(sum(data.networks, "scored_count")),
          text("tile.scored.of", { count: number(sum(data.networks, "account_count")) })),
        tile(text("tile.accounts"), number(sum(tonight, "new_account_count"))),
        tile(text("tile.posts"), number(sum(tonight, "post_count"))),
        tile(text("tile.acts"), number(sum(tonight, "act_count"))),
        tile(text("tile.lines"), number(lines)),
        tile(text("tile.rejected"), lines ? percent(rejected / lines, 2) : "0", number(rejected))),
      table(text("headline.table"), [
        [text("network"), (row) => tame(row.network)],
        [text("column.accounts"), (row) => number(row.account_count), true],
        [text("column.scored"), (row) => number(row.scored_count), true],
        [text("column.change"), (row) => row.scored_before === undefined ? "" : signed(row.scored_count - row.scored_before, 0), true],
        [text("column.median"), (row) => number(row.median, 1), true],
        [text("column.top"), (row) => number(row.top_percent, 1), true],
      ], data.networks),
      note("headline.note"));
  }

  function distribution() {
    if (!data.distribution.length) {
      begin("distribution", note("nothing"));
      return;
    }
    const last = Math.max(...data.distribution.map((row) => row.bin));
    const first = Math.min(...data.distribution.map((row) => row.bin));
    const bins = Array.from({ length: last - first + 1 }, (unused, i) => first + i);
    const counts = new Map(data.distribution.map((row) => [row.network + " " + row.bin, row.account_count]));
    const span = (bin) => number(bin * BIN, 1) + "–" + number((bin + 1) * BIN, 1);
    const count = (network, bin) => counts.get(network + " " + bin) ?? 0;
    begin("distribution", note("distribution.note"),
      chart(text("distribution.chart"), {
        type: "bar",
        data: {
          labels: bins.map(span),
          datasets: networks.map((network, i) => ({
            label: tame(network), backgroundColor: series(i), data: bins.map((bin) => count(network, bin) || null),
          })),
        },
        scales: {
          x: { name: text("column.score"), grid: { display: false } },
          y: { type: "logarithmic", name: text("column.accounts"), min: 0.5,
            ticks: { callback: (value) => Number.isInteger(Math.log10(value)) ? number(value) : null } },
        },
      }, table(text("distribution.chart"), [
        [text("column.score"), span],
        ...networks.map((network) => [tame(network), (bin) => number(count(network, bin)), true]),
      ], bins, true)));
  }

  function highest() {
    const section = begin("highest", note("highest.note"));
    const filters = el("div", { class: "filters" }, select(text("network"), networkOptions(), state.highest, (value) => {
      state.highest = value;
      list();
    }));
    const place = el("div", { "aria-live": "polite" });
    section.append(filters, place);
    const list = () => {
      const rows = data.highest.filter((row) => !state.highest || row.network === state.highest)
        .sort((a, b) => b.score - a.score || a.place - b.place || (a.network < b.network ? -1 : 1)).slice(0, LISTED);
      place.replaceChildren(rows.length ? table(text("highest.table"), [
        accountColumn(),
        [text("network"), (row) => tame(row.network)],
        [text("column.place"), (row) => number(row.place), true],
        [text("column.score"), (row) => number(row.score, 1), true],
        [text("column.interval"), (row) => number(row.score_low, 1) + " – " + number(row.score_high, 1), true],
        [text("column.momentum"), (row) => number(row.momentum, 1), true],
        [text("column.actors"), (row) => number(row.actor_count), true],
      ], rows) : note("nothing"));
    };
    list();
  }

  const reasons = (row) => el("ul", { class: "reasons" }, ...(row.reasons ?? []).map((reason) => el("li", null,
    signed(reason.points) + " ", known("term", reason.term),
    ...(reason.source_key === undefined || reason.source_key < 0 ? []
      : [": ", account({ handle: reason.source_handle }, reason.source_key)]),
    reason.source_key < 0 && reason.term === "authority" && row.reasons.some((r) => r.source_key >= 0)
      ? ": " + text("rest") : null)));

  const movedByScale = (row) => (row.reasons ?? []).some((reason) => reason.term === "reference");

  function movers() {
    const section = begin("movers", note("movers.note"));
    if (!data.movers.length) {
      section.append(note("nothing"));
      return;
    }
    if (data.movers.some(movedByScale)) {
      section.append(note("scale.note"));
    }
    const place = el("div", { "aria-live": "polite" });
    section.append(el("div", { class: "filters" }, select(text("network"), networkOptions(), state.movers, (value) => {
      state.movers = value;
      list();
    })), place);
    const list = () => {
      const chosen = data.movers.filter((row) => !state.movers || row.network === state.movers);
      const some = (sign) => chosen.filter((row) => row.score_change * sign > 0)
        .sort((a, b) => sign * (b.score_change - a.score_change) || a.account_key - b.account_key).slice(0, LISTED);
      const columns = (style) => [
        accountColumn(),
        [text("column.change"), (row) => el("strong", { class: style }, signed(row.score_change)), true],
        [text("column.score"), (row) => number(row.score, 1), true, "spare"],
        [text("column.why"), reasons, false, "wide"],
      ];
      place.replaceChildren(el("div", { class: "pair" },
        table(text("movers.up"), columns("up"), some(1)),
        table(text("movers.down"), columns("down"), some(-1))));
    };
    list();
  }

  function leaders() {
    const section = begin("leaders", note("leaders.note"));
    if (!data.leaders.length) {
      section.append(note("nothing"));
      return;
    }
    const filters = el("div", { class: "filters" });
    const place = el("div", { "aria-live": "polite" });
    section.append(filters, place);
    if (data.leaders.length < data.leaderCount) {
      section.append(note("leaders.cut", { shown: number(data.leaders.length), all: number(data.leaderCount) }));
    }
    const options = (values, name) => [["", text("all")],
      ...values.map((value) => [value, name(value)]).sort((a, b) => a[1].localeCompare(b[1], state.language))];
    const change = (key) => (value) => {
      state[key] = value;
      list();
    };
    filters.append(
      select(text("topic"), options(unique(data.leaders.map((row) => row.topic_id)), topicName), state.topic, change("topic")),
      select(text("network"), networkOptions(), state.network, change("network")),
      select(text("kind"), options(unique(data.leaders.map((row) => row.kind)), (kind) => known("kind", kind)), state.kind, change("kind")),
      select(text("languageOf"), options(unique(data.leaders.map((row) => row.language).filter(Boolean)), languageName), state.writes, change("writes")));
    const list = () => {
      const rows = data.leaders.filter((row) => (!state.topic || row.topic_id === state.topic)
          && (!state.network || row.network === state.network)
          && (!state.kind || row.kind === state.kind)
          && (!state.writes || row.language === state.writes))
        .sort((a, b) => b.expertise - a.expertise || a.place - b.place || a.account_key - b.account_key).slice(0, LISTED);
      place.replaceChildren(rows.length ? table(text("leaders.table", { count: number(rows.length) }), [
        accountColumn(),
        ...(state.topic ? [] : [[text("topic"), (row) => topicName(row.topic_id)]]),
        [text("column.expertise"), (row) => number(row.expertise, 1), true],
        [text("column.interval"), (row) => number(row.expertise_low, 1) + " – " + number(row.expertise_high, 1), true],
        [text("column.attesters"), (row) => number(row.attester_count), true],
        [text("column.interest"), (row) => percent(row.interest_share), true],
        [text("kind"), (row) => known("kind", row.kind)],
        [text("languageOf"), (row) => row.language ? languageName(row.language) : ""],
        [text("network"), (row) => tame(row.network)],
      ], rows) : note("nothing"), ...(state.topic && data.topicPosts ? told(state.topic) : []));
    };
    list();
  }

  /** What posts are taken to be about a topic by: signs of tonight's, learned words, examples. */
  function told(topic) {
    const posts = (data.topicPosts ?? []).filter((row) => row.topic_id === topic
      && (!state.network || row.network === state.network));
    const words = (data.topicWords ?? []).filter((row) => row.topic_id === topic);
    const shares = unique(posts.map((row) => row.network)).map((network) => {
      const of = (basis) => data.topicPosts
        .find((row) => row.topic_id === "*" && row.network === network && row.basis === basis)?.post_count ?? 0;
      return el("p", { class: "note" }, text("told.share",
        { network: tame(network), told: number(of("told")), seen: number(of("seen")) }));
    });
    const byLanguage = unique(words.map((row) => row.language)).map((language) => el("li", null, languageName(language) + ": ",
      el("bdi", null, words.filter((row) => row.language === language)
        .map((row) => tame(row.word) + " (" + number(row.weight, 1) + ")").join(", "))));
    return [el("h3", null, text("told", { topic: topicName(topic) })),
      posts.length ? table(text("told.posts"), [
        [text("told.sign"), (row) => known("sign", row.basis)],
        [text("network"), (row) => tame(row.network)],
        [text("told.count"), (row) => number(row.post_count), true],
        [text("told.examples"), (row) => el("span", { class: "name" }, el("bdi", null, row.post_ids.map(tame).join(", ")))],
      ], posts) : note("told.none"),
      ...shares,
      ...(words.length ? [note("told.words"), el("ul", null, ...byLanguage)] : [])];
  }

  // ---- The map: communities and what they are about, and who carries posts between them

  const communities = new Map((data.communities ?? []).map((row) => [row.community_key, row]));
  const topicIds = (row) => row.topic_ids.split(" ").filter(Boolean);
  const communityName = (row) => row.name ? tame(row.name)
    : text("map.around", { handle: row.members?.[0]?.handle ? tame(row.members[0].handle) : "#" + row.community_key });
  const SVG = "http:" + "//www.w3.org/2000/svg";
  const draft = (tag, attributes, ...children) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (value !== null) {
        element.setAttribute(name, value);
      }
    }
    element.append(...children);
    return element;
  };

  /** Places of nodes (Fruchterman and Reingold), from a circle: the same on every visit. */
  function layout(nodes, links, width, height) {
    const spring = 0.75 * Math.sqrt(width * height / Math.max(nodes.length, 1));
    nodes.forEach((node, i) => {
      const angle = 2 * Math.PI * i / nodes.length;
      node.x = width / 2 + width / 3 * Math.cos(angle);
      node.y = height / 2 + height / 3 * Math.sin(angle);
    });
    for (let step = 0; step < 160; step++) {
      const most = width / 8 * (1 - step / 160);
      nodes.forEach((node) => {
        node.dx = (width / 2 - node.x) * 0.05;
        node.dy = (height / 2 - node.y) * 0.05;
      });
      for (const a of nodes) {
        for (const b of nodes) {
          if (a !== b) {
            const dx = a.x - b.x;
            const dy = a.y - b.y;
            const push = spring * spring / Math.max(dx * dx + dy * dy, 1);
            a.dx += dx * push;
            a.dy += dy * push;
          }
        }
      }
      for (const { a, b } of links) {
        const dx = a.x - b.x;
        const dy = a.y - b.y;
        const pull = Math.hypot(dx, dy) / spring;
        a.dx -= dx * pull;
        a.dy -= dy * pull;
        b.dx += dx * pull;
        b.dy += dy * pull;
      }
      for (const node of nodes) {
        const far = Math.hypot(node.dx, node.dy) || 1;
        node.x = Math.min(width - 60, Math.max(60, node.x + node.dx / far * Math.min(far, most)));
        node.y = Math.min(height - 40, Math.max(30, node.y + node.dy / far * Math.min(far, most)));
      }
    }
  }

  function map() {
    const section = begin("map", note("map.note"));
    const mapped = unique([...communities.values()].map((row) => row.network));
    if (!mapped.length) {
      section.append(none("mart_communities", "map.none"));
      return;
    }
    state.mapped = mapped.includes(state.mapped) ? state.mapped : mapped[0];
    const filters = el("div", { class: "filters" });
    const place = el("div", { class: "pair map" });
    section.append(filters, place);
    const show = () => {
      const here = [...communities.values()].filter((row) => row.network === state.mapped);
      const nodes = new Map();
      here.forEach((row) => nodes.set("community " + row.community_key,
        { id: "community " + row.community_key, row, label: communityName(row), size: row.member_count }));
      unique(here.flatMap(topicIds)).forEach((topic) => nodes.set("topic " + topic,
        { id: "topic " + topic, topic, label: topicName(topic) }));
      if (!nodes.has(state.node)) {
        state.node = "community " + here[0].community_key;
      }
      const links = [];
      here.forEach((row) => topicIds(row).forEach((topic) => links.push(
        { a: nodes.get("community " + row.community_key), b: nodes.get("topic " + topic), weight: 0 })));
      const crossings = (data.crossings ?? []).filter((row) =>
        nodes.has("community " + row.from_key) && nodes.has("community " + row.to_key));
      crossings.forEach((row) => links.push({ a: nodes.get("community " + row.from_key),
        b: nodes.get("community " + row.to_key), weight: row.recipient_count }));
      const narrow = innerWidth < 640;
      const width = narrow ? 380 : 760;
      const height = narrow ? 460 : 520;
      layout([...nodes.values()], links, width, height);
      const largest = Math.max(...here.map((row) => row.member_count));
      const heaviest = Math.max(1, ...links.map((link) => link.weight));
      const walk = (id) => {
        state.node = id;
        show();
        document.getElementById("map-node").focus();
      };
      const near = (link) => link.a.id === state.node || link.b.id === state.node;
      const shape = (node) => node.row
        ? draft("circle", { r: 7 + 17 * Math.sqrt(node.size / largest) })
        : draft("rect", { x: -7, y: -7, width: 14, height: 14, rx: 2 });
      const label = (name) => name.length > 22 ? name.slice(0, 21) + "…" : name;
      const picture = draft("svg", { viewBox: "0 0 " + width + " " + height, role: "group", "aria-label": text("map.picture") },
        ...links.map((link) => draft("line", { x1: link.a.x, y1: link.a.y, x2: link.b.x, y2: link.b.y,
          class: [link.weight ? "crossing" : "about", near(link) ? "near" : ""].join(" ").trim(),
          "stroke-width": link.weight ? 1.5 + 4.5 * link.weight / heaviest : 1 })),
        ...[...nodes.values()].map((node) => draft("g", { transform: "translate(" + node.x.toFixed(1) + " " + node.y.toFixed(1) + ")",
          role: "button", tabindex: "0", "aria-pressed": String(node.id === state.node),
          "aria-label": text(node.row ? "map.community" : "map.topic", { name: label(node.label) }),
          class: (node.row ? "community" : "topic")
            + (node.id === state.node || links.some((link) => near(link) && (link.a === node || link.b === node)) ? " near" : ""), onclick: () => walk(node.id),
          onkeydown: (event) => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault();
              walk(node.id);
            }
          } },
        shape(node),
        draft("text", { y: node.row ? 20 + 17 * Math.sqrt(node.size / largest) : 21, "text-anchor": "middle" }, label(node.label)))));
      filters.replaceChildren(
        select(text("network"), mapped.map((name) => [name, tame(name)]), state.mapped, (value) => {
          state.mapped = value;
          show();
        }),
        select(text("map.from"), [...nodes.values()].map((node) => [node.id,
          text(node.row ? "map.community" : "map.topic", { name: node.label })]), state.node, walk));
      place.replaceChildren(el("figure", null, picture, el("figcaption", { class: "small" }, text("map.legend"))),
        standing(nodes.get(state.node), nodes, crossings, here, walk));
    };
    show();
  }

  /** What there is to see where one stands, and where one can go from there. */
  function standing(node, nodes, crossings, here, walk) {
    const step = (id) => el("button", { type: "button", class: "handle", onclick: () => walk(id) }, el("bdi", null, nodes.get(id).label));
    const list = (title, items) => items.length
      ? [el("h4", null, title), el("ul", { class: "reasons" }, ...items.map((item) => el("li", null, ...item)))] : [];
    const carriers = (row) => row.bridges.flatMap((bridge, i) => [i ? ", " : " ",
      account(bridge), " (" + number(bridge.recipient_count) + ")"]);
    const parts = [el("h3", { id: "map-node", tabindex: "-1" }, el("bdi", null, node.label))];
    if (node.row) {
      const row = node.row;
      const own = row.community_key;
      parts.push(el("p", { class: "small" }, [text("map.members", { count: number(row.member_count) }),
        row.language ? languageName(row.language) : null, row.hashtags ? tame(row.hashtags) : null].filter(Boolean).join(" · ")),
      ...list(text("map.about"), topicIds(row).map((topic) => [step("topic " + topic)])),
      ...list(text("map.highest"), (row.members ?? []).map((member) => [account(member), " " + number(member.score, 1)])),
      ...list(text("map.in"), crossings.filter((one) => one.to_key === own).map((one) =>
        [step("community " + one.from_key), ": " + text("map.through", { count: number(one.recipient_count) }), ...carriers(one)])),
      ...list(text("map.out"), crossings.filter((one) => one.from_key === own).map((one) =>
        [step("community " + one.to_key), ": " + text("map.through", { count: number(one.recipient_count) }), ...carriers(one)])));
    } else {
      const known_for = data.leaders.filter((row) => row.topic_id === node.topic && row.network === state.mapped)
        .sort((a, b) => b.expertise - a.expertise || a.account_key - b.account_key).slice(0, 5);
      parts.push(
        ...list(text("map.communities"), here.filter((row) => topicIds(row).includes(node.topic))
          .map((row) => [step("community " + row.community_key), " " + text("map.members", { count: number(row.member_count) })])),
        ...list(text("leaders"), known_for.map((row) => [account(row), " " + number(row.expertise, 1)])));
    }
    return el("div", { class: "standing" }, ...parts);
  }

  /** A post as one knows it: who wrote it, and where and when it stands. */
  const postColumn = () => [text("column.post"), (row) => el("span", { "data-post": row.post_id, tabindex: "-1" }, account(row),
    el("span", { class: "name" }, el("bdi", null, tame(row.post_id))),
    el("span", { class: "name" }, [tame(row.network), row.posted_millis === undefined ? null : moment(row.posted_millis),
      row.topic_id ? topicName(row.topic_id) : null, row.language ? languageName(row.language) : null]
      .filter(Boolean).join(" · "))), false, "who"];

  /** How a post travelled, in its numbers. */
  const story = (row) => el("ul", { class: "reasons" }, ...[
    row.exposure_low === undefined ? null
      : row.exposure_high === undefined ? text("story.exposure.least", { low: number(row.exposure_low) })
        : text("story.exposure", { low: number(row.exposure_low), high: number(row.exposure_high) }),
    text("story.path", { depth: number(row.depth), virality: number(row.structural_virality, 1) }),
    text("story.communities", { count: number(row.community_count), share: percent(row.beyond_audience_share) }),
    text("story.hour", { actors: number(row.first_hour_actor_count), sharers: number(row.first_hour_sharer_count),
      beyond: number(row.first_hour_beyond_count), communities: number(row.first_hour_community_count),
      depth: number(row.first_hour_depth) }),
    row.hours_to_half === undefined ? null : text("story.half", { hours: number(row.hours_to_half, 1) }),
    row.was_warned ? text("story.warned") : null,
  ].filter(Boolean).map((sentence) => el("li", null, sentence)));

  let breakoutCharts = [];
  function breakouts() {
    const section = begin("breakouts", note("breakouts.note"));
    breakoutCharts.forEach((old) => old.destroy());
    breakoutCharts = [];
    const place = el("div", { "aria-live": "polite" });
    section.append(el("div", { class: "filters" }, select(text("network"), networkOptions(), state.breakouts, (value) => {
      state.breakouts = value;
      show();
    })), place);
    const show = () => {
      breakoutCharts.forEach((old) => old.destroy());
      breakoutCharts = [];
      const here = (row) => !state.breakouts || row.network === state.breakouts;
      const first = (rows) => rows.filter(here)
        .sort((a, b) => a.tail_probability - b.tail_probability || a.place - b.place || (a.network < b.network ? -1 : 1))
        .slice(0, LISTED);
      const rows = first(data.breakouts);
      const warned = first(data.warnings);
      const all = [...new Map(data.breakouts.filter(here).map((row) => [row.network, row])).values()];
      const outcomes = data.outcomes.filter(here);
      const kept = sum(outcomes, "confirmed_count");
      const label = (row) => {
        const name = row.handle ? tame(row.handle) : text("unnamed");
        return name.length > 20 ? name.slice(0, 19) + "…" : name;
      };
      const counts = [
        [text("column.expected"), (row) => number(row.expected_count, 1), true],
        [text("column.observed"), (row) => number(row.observed_count), true],
        [text("column.chance"), (row) => chance(row.tail_probability), true, "spare"],
      ];
      place.replaceChildren(
        ...(rows.length ? [
          note("breakouts.count", { count: number(sum(all, "breakout_count")), judged: number(sum(all, "judged_count")) }),
          chart(text("breakouts.chart"), {
            type: "bar",
            indexAxis: "y",
            data: {
              labels: rows.map(label),
              datasets: [
                { label: text("column.expected"), backgroundColor: series(4), data: rows.map((row) => Math.max(row.expected_count, 0.01)) },
                { label: text("column.observed"), backgroundColor: series(0), data: rows.map((row) => row.observed_count) },
              ],
            },
            scales: {
              x: { type: "logarithmic", name: text("column.accounts"),
                ticks: { callback: (value) => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9) ? number(value, value < 1 ? 1 : 0) : null } },
              y: { grid: { display: false } },
            },
          }, null),
          table(text("breakouts.table"), [postColumn(), ...counts, [text("column.story"), story, false, "wide"]], rows),
        ] : [none("mart_breakouts", "breakouts.none")]),
        el("h3", null, text("warnings")),
        ...(warned.length ? [table(text("warnings.table"), [
          postColumn(),
          [text("column.age"), (row) => number(row.age_hours), true],
          ...counts,
        ], warned)] : [none("mart_early_warnings", "warnings.none")]),
        ...(outcomes.length ? [note("warnings.outcomes", { warned: number(sum(outcomes, "warned_count")),
          breakouts: number(sum(outcomes, "breakout_count")), confirmed: number(kept) })] : []));
      draw(breakoutCharts);
    };
    show();
  }

  function bridges() {
    const section = begin("bridges", note("bridges.note"));
    if (!data.bridges.length) {
      section.append(none("mart_bridges", "bridges.none"));
      return;
    }
    const place = el("div", { "aria-live": "polite" });
    const change = (key) => (value) => {
      state[key] = value;
      list();
    };
    const topicsOf = (key) => unique(data.leaders.filter((row) => row.account_key === key).map((row) => row.topic_id));
    const community = (key, handle) => account({ handle: handle ?? "#" + key }, key);
    section.append(el("div", { class: "filters" },
      select(text("network"), networkOptions(), state.bridges, change("bridges")),
      select(text("bridges.known"), [["", text("bridges.all")], ...unique(data.leaders.map((row) => row.topic_id))
        .map((topic) => [topic, topicName(topic)]).sort((a, b) => a[1].localeCompare(b[1], state.language))],
      state.known, change("known"))), place);
    const list = () => {
      const rows = data.bridges.filter((row) => (!state.bridges || row.network === state.bridges)
          && (!state.known || topicsOf(row.account_key).includes(state.known)))
        .sort((a, b) => b.credible_recipient_sum - a.credible_recipient_sum || a.account_key - b.account_key).slice(0, LISTED);
      place.replaceChildren(rows.length ? table(text("bridges.table"), [
        accountColumn(),
        [text("column.carried"), (row) => number(row.recipient_count), true],
        [text("column.credible"), (row) => number(row.credible_recipient_sum, 1), true],
        [text("column.posts"), (row) => number(row.post_count), true],
        [text("column.from"), (row) => number(row.community_count), true],
        [text("bridges.paths"), (row) => el("ul", { class: "reasons" }, ...row.paths.map((path) => el("li", null,
          community(path.from_key, path.from_handle), " → ", community(path.to_key, path.to_handle),
          ": " + number(path.recipient_count)))), false, "wide"],
        [text("bridges.known"), (row) => topicsOf(row.account_key).map(topicName).join(", ")],
        [text("network"), (row) => tame(row.network)],
      ], rows) : note("nothing"));
    };
    list();
  }

  let campaignCharts = [];
  function campaigns() {
    const section = begin("campaigns", note("campaigns.note"));
    campaignCharts.forEach((old) => old.destroy());
    campaignCharts = [];
    const names = unique(data.campaigns.map((row) => row.campaign));
    if (!names.length) {
      section.append(none("mart_campaign_shortlists", "campaigns.none"));
      return;
    }
    state.campaign = names.includes(state.campaign) ? state.campaign : names[0];
    const place = el("div", { "aria-live": "polite" });
    section.append(el("div", { class: "filters" }, select(text("campaign"), names.map((name) => [name, tame(name)]),
      state.campaign, (value) => {
        state.campaign = value;
        show();
      })), place);
    const LISTS = [["together_count", "list.shortlist"], ["top_scores_count", "list.top scores"],
      ["most_followed_count", "list.most followed"], ["random_count", "list.random"]];
    const show = () => {
      campaignCharts.forEach((old) => old.destroy());
      campaignCharts = [];
      const rows = data.campaigns.filter((row) => row.campaign === state.campaign);
      const last = rows[rows.length - 1];
      const other = last.top_scores_count;
      const shapes = ["circle", "rect", "triangle", "rectRot"];
      place.replaceChildren(
        note(last.basis === "shortlist" ? "campaigns.gain" : "campaigns.simpler", {
          topic: topicName(last.topic_id), count: number(rows.length), reach: number(last.together_count),
          naive: number(other), gain: other ? percent(last.together_count / other - 1) : "–",
          basis: text("list." + last.basis).toLowerCase() }),
        ...(rows.length < last.seat_count
          ? [note("campaigns.cut", { shown: number(rows.length), all: number(last.seat_count) })] : []),
        chart(text("campaigns.chart"), {
          type: "line",
          data: {
            labels: rows.map((row) => number(row.place)),
            datasets: LISTS.map(([column, name], i) => ({
              label: text(name), borderColor: series(i), backgroundColor: series(i), pointStyle: shapes[i],
              pointRadius: rows.length > 30 ? 2 : 5, borderWidth: i === 0 ? 3 : 1.5, borderDash: i === 0 ? [] : [5, 4],
              data: rows.map((row) => row[column]),
            })),
          },
          scales: { x: { name: text("column.seats") }, y: { name: text("column.together"), beginAtZero: true } },
        }, table(text("campaigns.chart"), [
          [text("column.seats"), (row) => number(row.place), true],
          ...LISTS.map(([column, name]) => [text(name), (row) => number(row[column]), true]),
        ], rows, true)),
        table(text("campaigns.table"), [
          accountColumn(),
          [text("column.new"), (row) => number(row.new_count), true],
          [text("column.reached"), (row) => number(row.reached_count), true],
          [text("column.together"), (row) => number(row.together_count), true],
          [text("column.expertise"), (row) => number(row.expertise, 1), true],
          [text("column.attesters"), (row) => number(row.attester_count), true],
          [text("column.score"), (row) => number(row.score, 1), true],
          [text("column.answers"), (row) => percent(row.response_rate), true],
          [text("kind"), (row) => known("kind", row.kind)],
          [text("languageOf"), (row) => row.language ? languageName(row.language) : ""],
          [text("network"), (row) => tame(row.network)],
        ], rows));
      draw(campaignCharts);
    };
    show();
  }

  let validationCharts = [];
  function validation() {
    const section = begin("validation", note("validation.note"));
    validationCharts.forEach((old) => old.destroy());
    validationCharts = [];
    if (!data.validation.length) {
      section.append(note("validation.none"));
      return;
    }
    const key = (row) => row.network + " " + row.measure;
    const choices = unique(data.validation.map(key));
    state.validation = choices.includes(state.validation) ? state.validation : choices[0];
    const place = el("div", { "aria-live": "polite" });
    section.append(el("div", { class: "filters" }, select(text("network") + ", " + text("measure").toLowerCase(),
      choices.map((choice) => {
        const row = data.validation.find((one) => key(one) === choice);
        return [choice, tame(row.network) + ", " + known("predictor", row.measure).toLowerCase()];
      }), state.validation, (value) => {
        state.validation = value;
        show();
      })), place);
    const show = () => {
      validationCharts.forEach((old) => old.destroy());
      validationCharts = [];
      const rows = data.validation.filter((row) => key(row) === state.validation);
      const nights = unique(rows.map((row) => row.night));
      const own = rows[0].measure;
      const predictors = [own, ...unique(rows.map((row) => row.predictor)).filter((name) => name !== own)];
      const at = (night, predictor) => rows.find((row) => row.night === night && row.predictor === predictor);
      const name = (predictor) => known("predictor", predictor);
      const latest = nights[nights.length - 1];
      const judged = predictors.map((predictor) => at(latest, predictor)).filter(Boolean);
      const rivals = judged.filter((row) => row.predictor !== own);
      const verdict = (row) => row.predictor === own ? "own" : row.advantage_low > 0 ? "better"
        : row.advantage_high < 0 ? "worse" : "same";
      const interval = (row) => row.advantage === undefined ? ""
        : signed(row.advantage, 3) + " (" + signed(row.advantage_low, 3) + " … " + signed(row.advantage_high, 3) + ")";
      const shapes = ["circle", "rect", "triangle", "rectRot", "star", "crossRot", "cross"];
      const said = at(latest, own)?.["verdict_" + state.language] ?? at(latest, own)?.verdict_en;
      place.replaceChildren(said ? el("p", { class: "verdict" }, said) : "", el("div", { class: "pair" },
        chart(text("validation.chart"), {
          type: "line",
          data: {
            labels: nights.map((night) => day(night)),
            datasets: predictors.map((predictor, i) => ({
              label: name(predictor), borderColor: series(i), backgroundColor: series(i), pointStyle: shapes[i % shapes.length],
              pointRadius: 5, borderWidth: predictor === own ? 3 : 1.5, borderDash: predictor === own ? [] : [5, 4],
              data: nights.map((night) => at(night, predictor)?.spearman ?? null),
            })),
          },
          scales: { x: {}, y: { name: text("column.spearman"), suggestedMin: 0, suggestedMax: 1 } },
        }, table(text("validation.chart"), [
          [text("column.night"), (night) => day(night)],
          ...predictors.map((predictor) => [name(predictor), (night) => number(at(night, predictor)?.spearman, 3), true]),
        ], nights, true)),
        rivals.length ? chart(text("validation.advantage"), {
          type: "bar",
          indexAxis: "y",
          legend: false,
          data: {
            labels: rivals.map((row) => name(row.predictor)),
            datasets: [
              { label: text("column.interval"), data: rivals.map((row) => [row.advantage_low, row.advantage_high]),
                backgroundColor: color("band"), borderColor: color("accent"), borderWidth: 1.5, borderSkipped: false, barThickness: 14, grouped: false },
              { type: "scatter", label: text("column.advantage"), data: rivals.map((row, i) => ({ x: row.advantage, y: i })),
                backgroundColor: color("ink"), pointRadius: 5 },
            ],
          },
          scales: {
            x: { name: text("column.advantage"), suggestedMin: -0.1, suggestedMax: 0.1 },
            y: { grid: { display: false } },
          },
        }, table(text("validation.advantage"), [
          [text("column.predictor"), (row) => name(row.predictor)],
          [text("column.advantage"), interval, true],
        ], rivals, true)) : null),
      table(text("validation.table", { night: day(latest), measure: name(own).toLowerCase(),
        days: number(judged[0].horizon_days), count: number(judged[0].account_count) }), [
        [text("column.predictor"), (row) => name(row.predictor)],
        [text("column.spearman"), (row) => number(row.spearman, 3), true],
        [text("column.ndcg"), (row) => number(row.ndcg, 3), true],
        [text("column.lift"), (row) => number(row.top_lift, 1), true],
        [text("column.advantage"), interval, true],
        [text("column.verdict"), (row) => text("verdict." + verdict(row))],
      ], judged));
      draw(validationCharts);
    };
    show();
  }

  /** Networks on whose last judged night a simpler predictor was ahead, for certain. */
  const beaten = () => {
    const last = data.validation.reduce((night, row) => row.night > night ? row.night : night, "");
    return unique(data.validation
      .filter((row) => row.night === last && row.predictor !== row.measure && row.advantage_high < 0)
      .map((row) => row.network));
  };

  function health() {
    const lines = sum(tonight, "line_count");
    const section = begin("health",
      lines ? note("health.rejected", { share: percent(sum(tonight, "rejected_count") / lines, 2) }) : null);
    if (data.stages.length) {
      section.append(el("div", { class: "pair" },
        chart(text("health.chart"), {
          type: "bar",
          indexAxis: "y",
          legend: false,
          data: { labels: data.stages.map((row) => tame(row.stage)),
            datasets: [{ label: text("column.seconds"), backgroundColor: series(0), data: data.stages.map((row) => row.seconds) }] },
          scales: { x: { name: text("column.seconds"), beginAtZero: true }, y: { grid: { display: false } } },
        }, null),
        table(text("health.stages"), [
          [text("column.stage"), (row) => tame(row.stage)],
          [text("column.read"), (row) => number(row.rows_read), true],
          [text("column.written"), (row) => number(row.rows_written), true],
          [text("column.seconds"), (row) => number(row.seconds, 1), true],
        ], data.stages)));
    }
    section.append(table(text("health.nights"), [
      [text("column.night"), (row) => day(row.night)],
      [text("network"), (row) => tame(row.network)],
      [text("column.lines"), (row) => number(row.line_count), true],
      [text("column.duplicate"), (row) => number(row.duplicate_count), true],
      [text("column.ignored"), (row) => number(row.ignored_count), true],
      [text("column.rejected"), (row) => number(row.rejected_count), true],
      [text("column.posts"), (row) => number(row.post_count), true],
      [text("column.acts"), (row) => number(row.act_count), true],
      [text("column.deletions"), (row) => number(row.deletion_count), true],
    ], data.activity.slice(0, LISTED * Math.max(networks.length, 1))));
  }

  // ---- Names

  const FOUND = 8;
  const finder = document.getElementById("find");
  const foundList = document.getElementById("found");
  // Folded once: letters without their accents, small.
  const folded = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let names = null;

  /** Accounts whose handle or name begins with what is typed, or holds it; the highest scores first. */
  function find(typed) {
    const wanted = folded(typed.trim().replace(/^@/, ""));
    if (!wanted) {
      foundList.replaceChildren();
      return;
    }
    names ??= (data.index ?? []).map((row) => [folded(row.h ?? ""), folded(row.d ?? ""), row]);
    const begins = [];
    const holds = [];
    for (const [handle, name, row] of names) {
      if (handle.startsWith(wanted) || name.startsWith(wanted)) {
        begins.push(row);
        if (begins.length === FOUND) {
          break;
        }
      } else if (holds.length < FOUND && (handle.includes(wanted) || name.includes(wanted))) {
        holds.push(row);
      }
    }
    const found = [...begins, ...holds].slice(0, FOUND);
    foundList.replaceChildren(found.length
      ? el("ul", null, ...found.map((row) => el("li", null, account({ handle: row.h, account_key: row.k }),
        el("span", { class: "small" }, tame(row.n), " · ", number(row.s, 1)))))
      : el("p", null, text("find.none")));
  }
  finder.addEventListener("input", () => find(finder.value));
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      finder.value = "";
      find("");
    } else if (event.key === "ArrowDown") {
      foundList.querySelector("button")?.focus();
    }
  });

  // ---- The score card

  let cardCharts = [];
  const dialog = document.getElementById("card");
  function open(key) {
    state.card = key;
    fill();
    if (!dialog.open) {
      dialog.showModal();
    }
    draw(cardCharts);
    dialog.scrollTop = 0;
    history.replaceState(null, "", "#account=" + key);
  }

  /** The card of an account of which the page holds no more than the numbers. */
  const brief = (row) => {
    const sentence = text("card.brief", { score: number(row.s, 1), low: number(row.l, 1), high: number(row.u, 1),
      place: number(row.p), momentum: number(row.m, 1) });
    return { account_key: row.k, network: row.n, handle: row.h, display_name: row.d, explanation_en: sentence,
      explanation_es: sentence };
  };

  function fill() {
    cardCharts.forEach((old) => old.destroy());
    cardCharts = [];
    const card = cards.get(state.card) ?? brief(indexed.get(state.card));
    const moved = data.movers.find((row) => row.account_key === card.account_key);
    const known_for = data.leaders.filter((row) => row.account_key === card.account_key)
      .sort((a, b) => b.expertise - a.expertise);
    const terms = TERMS.map((term) => (card.terms ?? []).find((one) => one.term === term)).filter(Boolean);
    const nights = card.history ?? [];
    const nightOf = (point) => {
      const date = new Date(data.night + "T00:00:00Z");
      date.setUTCDate(date.getUTCDate() + point[0]);
      return date.toISOString().slice(0, 10);
    };
    const moves = card.moves ?? [];
    const column = (i) => nights.map((point) => point[i]);
    dialog.replaceChildren(
      el("div", { class: "card-head" },
        el("div", null,
          el("h2", { id: "card-title" }, el("bdi", null, card.handle ? tame(card.handle) : text("unnamed"))),
          el("p", { class: "small" }, el("bdi", null, tame(card.display_name ?? "")), card.display_name ? " · " : "",
            tame(card.network))),
        el("button", { type: "button", onclick: () => dialog.close() }, text("close"))),
      el("p", { class: "sentence" }, tame(state.language === "es" ? card.explanation_es : card.explanation_en)),
      ...(terms.length ? [
        el("h3", null, text("card.made")),
        el("p", { class: "small" }, text("card.made.note")),
        el("div", { class: "pair" },
          chart(text("card.made"), {
            type: "bar",
            indexAxis: "y",
            legend: false,
            data: { labels: terms.map((row) => known("term", row.term)),
              datasets: [{ label: text("column.points"), backgroundColor: series(0), data: terms.map((row) => row.points) }] },
            scales: { x: { name: text("column.points"), beginAtZero: true }, y: { grid: { display: false } } },
          }, null),
          table(text("card.made"), [
            [text("column.term"), (row) => el("span", null, known("term", row.term), el("span", { class: "name" }, text("meaning." + row.term)))],
            [text("column.points"), (row) => number(row.points, 2), true],
            [text("column.value"), (row) => number(row.value, 2), true],
          ], terms, true))] : []),
      ...(nights.length ? [chart(text("card.history"), {
        type: "line",
        data: {
          labels: nights.map((point) => day(nightOf(point))),
          datasets: [
            { label: text("card.series.score"), data: column(1), borderColor: series(0), backgroundColor: series(0),
              pointRadius: nights.map((point) => moves.some((move) => move.day === point[0]) ? 6 : 3) },
            { label: text("card.series.momentum"), data: column(4), borderColor: series(1), backgroundColor: series(1), borderDash: [5, 4], pointStyle: "rectRot", pointRadius: 3 },
            { label: text("card.series.low"), data: column(2), borderWidth: 0, pointRadius: 0, fill: false },
            { label: text("column.interval"), data: column(3), borderWidth: 0, pointRadius: 0, backgroundColor: color("band"), fill: "-1" },
          ],
        },
        legendFilter: (item) => item.datasetIndex !== 2,
        // Five points of room, or noise would look like a leap.
        scales: { x: {}, y: { name: text("column.points"), suggestedMin: Math.min(...column(2)) - 5, suggestedMax: Math.max(...column(3)) + 5 } },
      }, table(text("card.history"), [
        [text("column.night"), (point) => day(nightOf(point))],
        [text("card.series.score"), (point) => number(point[1], 1), true],
        [text("card.series.low"), (point) => number(point[2], 1), true],
        [text("card.series.high"), (point) => number(point[3], 1), true],
        [text("card.series.momentum"), (point) => number(point[4], 1), true],
      ], [...nights].reverse(), true), true)] : []),
      ...(moves.length ? [
        el("h3", null, text("card.moves")),
        el("ul", null, ...moves.map((move) => el("li", null,
          day(nightOf([move.day])), ": ", el("strong", { class: move.change > 0 ? "up" : "down" }, signed(move.change)), reasons(move)))),
        moves.some(movedByScale) ? el("p", { class: "small" }, text("scale.note")) : null] : []),
      ...(moved && !moves.some((move) => move.day === 0) ? [el("h3", null, text("card.changes", { night: day(moved.previous_night), change: signed(moved.score_change) })), reasons(moved)] : []),
      el("div", { class: "pair" },
        card.sources && card.sources.length ? el("div", null, table(text("card.sources"), [
          [text("column.account"), (row) => account({ handle: row.handle }, row.source_key), false, "who"],
          [text("column.share"), (row) => percent(row.share, 1), true],
        ], card.sources)) : null,
        known_for.length ? el("div", null, table(text("card.topics"), [
          [text("topic"), (row) => topicName(row.topic_id)],
          [text("column.expertise"), (row) => number(row.expertise, 1), true],
          [text("column.place"), (row) => number(row.place), true],
          [text("column.interest"), (row) => percent(row.interest_share), true],
        ], known_for)) : null));
  }

  dialog.addEventListener("close", () => {
    const from = document.querySelector('main [data-account="' + state.card + '"], #found [data-account="' + state.card + '"]');
    cardCharts.forEach((old) => old.destroy());
    cardCharts = [];
    state.card = null;
    history.replaceState(null, "", location.pathname + location.search);
    if (from) {
      from.focus();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });

  // ---- Language and colours

  const dark = matchMedia("(prefers-color-scheme: dark)");
  function render() {
    charts.forEach((old) => old.destroy());
    charts = [];
    const root = document.documentElement;
    root.lang = state.language;
    root.dataset.theme = state.theme === "auto" ? (dark.matches ? "dark" : "light") : state.theme;
    document.querySelectorAll("[data-text]").forEach((one) => { one.textContent = text(one.dataset.text); });
    document.querySelectorAll("[data-label]").forEach((one) => one.setAttribute("aria-label", text(one.dataset.label)));
    document.title = "Renown " + day(data.night);
    document.getElementById("subtitle").textContent = text("subtitle", { night: day(data.night, "long") });
    document.getElementById("colophon").textContent = text("colophon", { run: data.runId });
    const button = (group, value, label, choose) => el("button", { type: "button", lang: group === "language" ? value : null,
      "aria-pressed": String(state[group] === value), "data-value": value, onclick: () => {
        choose(value);
        memory.set(group, value);
        render();
        document.querySelector("#" + group + 's [data-value="' + value + '"]').focus();
      } }, label);
    document.getElementById("languages").replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
      button("language", code, name, (value) => { state.language = value; })));
    document.getElementById("themes").replaceChildren(...THEMES.map((theme) =>
      button("theme", theme, text("theme." + theme), (value) => { state.theme = value; })));
    const sections = [...document.querySelectorAll("main > section")].map((section) => section.id);
    document.getElementById("contents").replaceChildren(el("ul", null,
      ...sections.map((id) => el("li", null, el("a", { href: "#" + id }, text(id))))));
    Chart.defaults.color = color("ink");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    [headline, distribution, highest, movers, leaders].forEach((section) => section());
    draw();
    map();
    breakouts();
    bridges();
    campaigns();
    validation();
    if (beaten().length) {
      document.getElementById("validation-title").after(
        el("p", { class: "warning" }, text("validation.beaten", { networks: beaten().map(tame).join(", ") })));
    }
    health();
    draw();
    find(finder.value);
    if (state.card !== null) {
      fill();
      draw(cardCharts);
    }
  }
  dark.addEventListener("change", () => { if (state.theme === "auto") { render(); } });
  addEventListener("beforeprint", () => [charts, breakoutCharts, campaignCharts, validationCharts].flat().forEach((one) => one.resize()));
  // What failed is shown first.
  if (beaten().length) {
    const main = document.querySelector("main");
    main.prepend(document.getElementById("validation"));
  }
  finder.value = asked.find ?? "";
  render();

  /** Shows what the address names behind #. */
  function follow() {
    const [, what, value] = /^([^=]*)=?(.*)$/s.exec(decodeURIComponent(location.hash.slice(1)));
    const key = value === "" ? -1 : Number(value);
    if (what === "account" && (cards.has(key) || indexed.has(key))) {
      open(key);
    } else if (what === "topic" && topics.has(value)) {
      state.topic = value;
      render();
      document.getElementById("leaders").scrollIntoView({ behavior: "instant" });
    } else if (what === "community" && communities.has(key)) {
      state.mapped = communities.get(key).network;
      state.node = "community " + key;
      render();
      document.getElementById("map").scrollIntoView({ behavior: "instant" });
    } else if (what === "post") {
      const post = [...document.querySelectorAll("[data-post]")].find((one) => one.dataset.post === value);
      (post ?? document.getElementById("breakouts")).scrollIntoView({ behavior: "instant", block: "center" });
      post?.setAttribute("aria-current", "true");
      post?.focus();
    } else if (what) {
      // The section was empty when the browser looked for it.
      document.getElementById(what)?.scrollIntoView({ behavior: "instant" });
    }
  }
  addEventListener("hashchange", follow);
  follow();
})();
