package renown.ask.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import renown.run.Config;
import renown.run.RenownException;
import renown.tables.TableSchema;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A statement that reads the published marts and does nothing else. Judged by its plan, not by its
 * words: first as parsed, for analysis alone may read a path or run a statement; then as analysed,
 * where every table and function is known for what it is. What is not known to be harmless is
 * refused.
 */
final class PureQuery {
  /** What queries are parsed into. */
  private static final Set<String> PARSED =
      Set.of(
          "Aggregate",
          "Deduplicate",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "PipeOperator",
          "Pivot",
          "Project",
          "Range",
          "RebalancePartitions",
          "Repartition",
          "RepartitionByExpression",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Transpose",
          "Union",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Unpivot",
          "Window",
          "WithWindowDefinition");

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of(
          "collations",
          "explode",
          "explode_outer",
          "inline",
          "inline_outer",
          "json_tuple",
          "posexplode",
          "posexplode_outer",
          "range",
          "sql_keywords",
          "stack",
          "variant_explode",
          "variant_explode_outer");

  /** Leaves of an analysed plan that read nothing from anywhere. */
  private static final Set<String> LEAVES =
      Set.of("CTERelationRef", "LocalRelation", "OneRowRelation", "Range", "UnionLoopRef");

  /** Expressions that read files, tell where they are, or run code. */
  private static final Set<String> UNSAFE =
      Set.of(
          "CallMethodViaReflection",
          "InputFileBlockLength",
          "InputFileBlockStart",
          "InputFileName",
          "PythonUDAF",
          "PythonUDF",
          "PythonUDTF",
          "ScalaAggregator",
          "ScalaUDAF",
          "ScalaUDF",
          "TryReflect");

  /** Of the same kind; Spark replaces them as it analyses, or brings them in jars of their own. */
  private static final Set<String> UNSAFE_NAMES =
      Set.of(
          "from_protobuf",
          // Its options may name a schema to be read.
          "from_xml",
          "input_file_block_length",
          "input_file_block_start",
          "input_file_name",
          "java_method",
          "reflect",
          "schema_of_xml",
          "to_protobuf",
          "try_reflect");

  private final SparkSession spark;
  private final Set<String> marts =
      PublishedMarts.marts().stream().map(TableSchema::name).collect(Collectors.toSet());

  private PureQuery(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The rows that answer a statement.
   *
   * @param spark a session in which the published marts are views
   * @throws RenownException where it is more than a query of them
   */
  static Dataset<Row> rows(SparkSession spark, String statement) throws Exception {
    PureQuery query = new PureQuery(spark);
    query.check(query.parsed(statement), true);
    return spark.sql(statement);
  }

  /**
   * The part of it that needs no marts: most mistakes are told before a lake is opened.
   *
   * @throws RenownException where the statement is no pure query of published marts
   */
  static void check(SparkSession spark, String statement) throws Exception {
    PureQuery query = new PureQuery(spark);
    query.check(query.parsed(statement), false);
  }

  private LogicalPlan parsed(String statement) throws Exception {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .sessionState()
        .sqlParser()
        .parsePlan(statement);
  }

  private void check(LogicalPlan parsed, boolean analyse) {
    if (parsed instanceof ExplainCommand explained) {
      check(explained.logicalPlan(), analyse);
    } else if (parsed instanceof DescribeQueryCommand described) {
      check(described.plan(), analyse);
    } else if (parsed instanceof DescribeRelation described) {
      if (!(described.relation() instanceof UnresolvedTableOrView table)) {
        throw refused(described.relation().nodeName());
      }
      checkName(names(table.multipartIdentifier()), Set.of());
    } else {
      checkParsed(parsed);
      if (analyse) {
        checkAnalysed(
            ((org.apache.spark.sql.classic.SparkSession) spark)
                .sessionState()
                .executePlan(parsed, CommandExecutionMode.SKIP())
                .analyzed());
      }
    }
  }

  private void checkParsed(LogicalPlan parsed) {
    List<QueryPlan<?>> nodes = new ArrayList<>();
    collect(parsed, nodes);
    Set<String> own = new TreeSet<>();
    for (QueryPlan<?> node : nodes) {
      if (!PARSED.contains(node.nodeName())) {
        throw refused(node.nodeName());
      }
      if (node instanceof UnresolvedWith with) {
        CollectionConverters.asJava(with.cteRelations())
            .forEach(relation -> own.add(lower(relation._1())));
      }
    }
    for (QueryPlan<?> node : nodes) {
      if (node instanceof UnresolvedRelation relation) {
        checkName(names(relation.multipartIdentifier()), own);
      }
      if (node instanceof UnresolvedTableValuedFunction function) {
        String name = String.join(".", names(function.name()));
        if (!TABLE_FUNCTIONS.contains(lower(name))) {
          throw refusedFunction(name);
        }
      }
    }
  }

  private void checkName(List<String> parts, Set<String> own) {
    String name = String.join(".", parts);
    if (parts.size() == 1 && (marts.contains(lower(name)) || own.contains(lower(name)))) {
      return;
    }
    throw notAMart(name);
  }

  private RenownException notAMart(String name) {
    return RenownException.configuration(
        "\"%s\" is no published mart: sql reads these alone, by their plain names, and no paths;"
            + " the nearest is %s. There are %s.",
        name, Config.nearest(name, marts), String.join(", ", new TreeSet<>(marts)));
  }

  private void checkAnalysed(QueryPlan<?> node) {
    if (node instanceof View view && view.isTempView()) {
      String name = view.desc().identifier().table();
      if (!marts.contains(lower(name))) {
        throw notAMart(name);
      }
      return;
    }
    List<QueryPlan<?>> below = new ArrayList<>();
    CollectionConverters.asJava(node.children()).forEach(child -> below.add((QueryPlan<?>) child));
    CollectionConverters.asJava(node.expressions())
        .forEach(expression -> checkExpression(expression, below));
    if (below.isEmpty() && !LEAVES.contains(node.nodeName())) {
      throw refused(node.nodeName());
    }
    below.forEach(this::checkAnalysed);
  }

  /** Subqueries are added to what is still to be looked at. */
  private static void checkExpression(Expression expression, List<QueryPlan<?>> below) {
    if (UNSAFE.contains(expression.getClass().getSimpleName())
        || UNSAFE_NAMES.contains(lower(expression.prettyName()))) {
      throw refusedFunction(expression.prettyName());
    }
    if (expression instanceof PlanExpression<?> subquery) {
      below.add(subquery.plan());
    }
    CollectionConverters.asJava(expression.children())
        .forEach(child -> checkExpression(child, below));
  }

  /** A plan with all that is in it: what it reads from, common tables, subqueries. */
  private static void collect(QueryPlan<?> plan, List<QueryPlan<?>> nodes) {
    nodes.add(plan);
    CollectionConverters.asJava(plan.children())
        .forEach(child -> collect((QueryPlan<?>) child, nodes));
    if (plan instanceof UnresolvedWith with) {
      CollectionConverters.asJava(with.cteRelations())
          .forEach(relation -> collect((LogicalPlan) relation._2(), nodes));
    }
    CollectionConverters.asJava(plan.expressions())
        .forEach(expression -> collect(expression, nodes));
  }

  private static void collect(Expression expression, List<QueryPlan<?>> nodes) {
    if (expression instanceof UnresolvedFunction function) {
      String name = String.join(".", names(function.nameParts()));
      if (UNSAFE_NAMES.contains(lower(name))) {
        throw refusedFunction(name);
      }
    }
    if (expression instanceof PlanExpression<?> subquery) {
      collect(subquery.plan(), nodes);
    }
    CollectionConverters.asJava(expression.children()).forEach(child -> collect(child, nodes));
  }

  private static RenownException refused(String node) {
    return RenownException.configuration(
        "The statement is no pure query (it holds %s): sql only reads the published marts; begin"
            + " with SELECT or WITH, and neither write, set, cache nor add anything.",
        node);
  }

  private static RenownException refusedFunction(String name) {
    return RenownException.configuration(
        "Function %s is not allowed: it reads files, tells where they are, or runs code, and sql"
            + " only reads the published marts.",
        name);
  }

  private static List<String> names(scala.collection.Iterable<String> parts) {
    return List.copyOf(
        CollectionConverters.asJavaCollection(parts).stream().map(String.class::cast).toList());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
