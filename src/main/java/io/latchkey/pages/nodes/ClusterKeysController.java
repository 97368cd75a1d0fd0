package io.latchkey.pages.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.diagnosis.MeshTrials;
import io.latchkey.internode.InterNode;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.internode.SharedPairs;
import io.latchkey.internode.TakenPair;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.Clusters;
import io.latchkey.nodestate.InterNodeState;
import io.latchkey.nodestate.InterNodeStates;
import io.latchkey.pages.Question;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;
import io.latchkey.pages.Links;
import io.latchkey.pages.Losses;
import io.latchkey.pages.Texts;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page of a cluster's inter-node keys.
 */
@Controller
@RequestMapping("/clusters/{name}/inter-node")
class ClusterKeysController {

	private static final String ROOM = "nodes";

	private static final String DEFAULT_ACCOUNT = "root";

	/** The recommended one first. */
	private static final List<InterNodeStrategy> STRATEGIES = List.of(InterNodeStrategy.NODE_PAIRS,
			InterNodeStrategy.CLUSTER_PAIR, InterNodeStrategy.SHARED_PAIR, InterNodeStrategy.NONE);

	private final Clusters clusters;

	private final InterNodeKeys interNodeKeys;

	private final InterNodeStates states;

	private final SharedPairs sharedPairs;

	private final MeshTrials trials;

	private final Removals removals;

	private final Texts texts;

	ClusterKeysController(Clusters clusters, InterNodeKeys interNodeKeys, InterNodeStates states,
			SharedPairs sharedPairs, MeshTrials trials, Removals removals, Texts texts) {
		this.clusters = clusters;
		this.interNodeKeys = interNodeKeys;
		this.states = states;
		this.sharedPairs = sharedPairs;
		this.trials = trials;
		this.removals = removals;
		this.texts = texts;
	}

	@ModelAttribute("strategies")
	List<InterNodeStrategy> strategies() {
		return STRATEGIES;
	}

	/** A test that is refused comes back by its own address. */
	@GetMapping({ "", "/test" })
	String show(@PathVariable String name, Model model) {
		describe(this.clusters.get(name), model);
		return "nodes/inter-node";
	}

	@PostMapping("/test")
	String test(@PathVariable String name, Model model) {
		model.addAttribute("trial", TrialView.of(this.trials.of(name)));
		describe(this.clusters.get(name), model);
		return "nodes/inter-node";
	}

	@GetMapping("/change")
	String askToChange(@PathVariable String name, @RequestParam(defaultValue = "NODE_PAIRS") InterNodeStrategy strategy,
			@RequestParam(defaultValue = "") String account, Model model) {
		Form form = Form.in(model, Map.of("strategy", strategy.name(), "account", account));
		InterNodeStrategy wanted = Arrays.stream(InterNodeStrategy.values())
			.filter((each) -> each.name().equals(form.value("strategy")))
			.findFirst()
			.orElse(strategy);
		String wantedAccount = form.value("account").strip();
		model.addAttribute("question", change(this.clusters.get(name), wanted, wantedAccount));
		model.addAttribute("hidden", Map.of("strategy", wanted.name(), "account", wantedAccount));
		return Question.VIEW;
	}

	@PostMapping("/change")
	String change(@PathVariable String name, Input input) {
		InterNodeStrategy strategy = input.choice("strategy", InterNodeStrategy.class);
		String account = (strategy != InterNodeStrategy.NONE) ? input.text("account") : null;
		change(this.clusters.get(name), strategy, Objects.requireNonNullElse(account, "")).check(input);
		try {
			this.removals.carryOut(RemovalScope.cluster(name), input.text(Losses.FIELD),
					() -> this.interNodeKeys.set(name, strategy, accountOf(strategy, account)));
		}
		catch (InvalidInputException ex) {
			throw aboveTheQuestion(ex);
		}
		return "redirect:" + page(name);
	}

	/** The page that asks has no fields beside which they could stand. */
	private static InvalidInputException aboveTheQuestion(InvalidInputException refused) {
		InvalidInputException above = new InvalidInputException(
				refused.faults().stream().map((fault) -> new Fault("", fault.code(), fault.arguments())).toList());
		above.initCause(refused);
		return above;
	}

	/** One that is missing is refused as one that is malformed. */
	private static @Nullable String accountOf(InterNodeStrategy strategy, @Nullable String account) {
		return (strategy == InterNodeStrategy.NONE) ? null : Objects.requireNonNullElse(account, "");
	}

	@GetMapping("/rotate")
	String askToRotate(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("question", rotation(this.clusters.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/rotate")
	String rotate(@PathVariable String name) {
		this.interNodeKeys.rotate(name);
		return "redirect:" + page(name);
	}

	@GetMapping("/take")
	String askToTake(@PathVariable String name, Model model) {
		Form.in(model, Map.of());
		model.addAttribute("question", taking(this.clusters.get(name)));
		return Question.VIEW;
	}

	@PostMapping("/take")
	ResponseEntity<byte[]> take(@PathVariable String name, Input input) {
		taking(this.clusters.get(name)).check(input);
		try (TakenPair taken = this.sharedPairs.take(name)) {
			return ResponseEntity.ok()
				.header(HttpHeaders.CONTENT_DISPOSITION,
						ContentDisposition.attachment().filename(taken.fileName()).build().toString())
				.cacheControl(CacheControl.noStore())
				.contentType(MediaType.APPLICATION_OCTET_STREAM)
				.body(taken.privateKey());
		}
	}

	private void describe(Cluster cluster, Model model) {
		InterNode interNode = this.interNodeKeys.of(cluster.id());
		InterNodeStrategy shown = (interNode.account() != null) ? interNode.strategy() : STRATEGIES.get(0);
		Form.in(model, Map.of("strategy", shown.name(), "account",
				Objects.requireNonNullElse(interNode.account(), DEFAULT_ACCOUNT)));
		List<InterNodeState> all = this.states.of(cluster.id());
		model.addAttribute("cluster", cluster);
		model.addAttribute("interNode", interNode);
		model.addAttribute("states", all);
		model.addAttribute("inPlace",
				all.stream().filter((state) -> state.stand() == InterNodeState.Stand.IN_PLACE).count());
	}

	/** Which lines and files come to which nodes, and which go. */
	private Question change(Cluster cluster, InterNodeStrategy strategy, String account) {
		InterNode before = this.interNodeKeys.of(cluster.id());
		int nodes = cluster.nodes().size();
		List<String> consequences = new ArrayList<>();
		if (strategy != InterNodeStrategy.NONE) {
			int lines = (strategy == InterNodeStrategy.NODE_PAIRS) ? Math.max(0, nodes - 1) : 1;
			consequences.add(this.texts.of("page.inter-node.change.come", nodes, lines, account));
			consequences.add(this.texts.of("page.inter-node.change.files", account, cluster.name()));
			if (strategy.copiesPrivateKey()) {
				consequences.add(this.texts.of("page.inter-node.copies", nodes));
			}
		}
		if (before.account() != null) {
			consequences.add(this.texts.of((strategy == InterNodeStrategy.NONE) ? "page.inter-node.change.go"
					: "page.inter-node.change.replaced", nodes, before.account()));
		}
		if (consequences.isEmpty()) {
			consequences.add(this.texts.of("page.inter-node.change.nothing"));
		}
		return new Question(
				this.texts.of("page.inter-node.change.title", cluster.name(),
						this.texts.of("page.inter-node." + strategy.name())),
				consequences, this.texts.of("page.inter-node.change.do"), null, page(cluster.name()), ROOM);
	}

	private Question rotation(Cluster cluster) {
		return new Question(this.texts.of("page.inter-node.rotate.title", cluster.name()),
				List.of(this.texts.of("page.inter-node.rotate.consequence", cluster.nodes().size()),
						this.texts.of("page.inter-node.rotate.note")),
				this.texts.of("page.inter-node.rotate"), null, page(cluster.name()), ROOM);
	}

	private Question taking(Cluster cluster) {
		return new Question(this.texts.of("page.inter-node.take.title", cluster.name()),
				List.of(this.texts.of("page.inter-node.take.consequence", cluster.nodes().size()),
						this.texts.of("page.inter-node.take.note")),
				this.texts.of("page.inter-node.take"), cluster.name(), page(cluster.name()), ROOM);
	}

	private static String page(String name) {
		return Links.cluster(name) + "/inter-node";
	}

}
