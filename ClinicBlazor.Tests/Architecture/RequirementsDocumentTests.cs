using System.Reflection;
using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>
/// Keeps docs/requirements.md honest: each promise names tests that exist and carry the requirement's id, and a
/// requirement is called met when no promise of it is without.
/// </summary>
public sealed partial class RequirementsDocumentTests
{
    private const string Sample = """
        ## S0-01 Roles: met
        - Five roles: `RequirementsDocumentTests`
        """;

    private static readonly Lazy<ILookup<string, string>> IdsByTest = new(() =>
        (from type in typeof(RequirementsDocumentTests).Assembly.GetTypes()
         where !type.IsAbstract
         from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
         where method.GetCustomAttributes<FactAttribute>().Any()
         from id in Levels(type).SelectMany(OnThis).Concat(OnThis(method)).Distinct()
         from level in Levels(type)
         from name in new[] { level.Name, $"{level.Name}.{method.Name}" }
         select (name, id)).Distinct().ToLookup(pair => pair.name, pair => pair.id));

    private static string Document => File.ReadAllText(Path.Combine(Repository.Root, "docs", "requirements.md"));

    [Fact]
    public void Document_EachPromise_NamesTestsThatHoldIt() => Assert.Empty(Findings(Document));

    [Fact]
    public void Document_EachIdOfATest_IsARow() =>
        Assert.Empty(
            IdsByTest.Value.SelectMany(ids => ids).Distinct().Except(Head().Matches(Document).Select(row => row.Groups["id"].Value)));

    [Theory]
    [InlineData("## S0-01 Roles: met\n- Five roles: open")]
    [InlineData("## S0-01 Roles: met\n- Five roles: `NoSuchTests`")]
    [InlineData("## S0-01 Roles: met\n- Five roles: `AccessMatrixTests.NoSuchTest`")]
    [InlineData("## S0-01 Roles: met")]
    [InlineData(Sample)]
    public void Document_ThatSaysMoreThanTheTests_IsNoticed(string document) => Assert.NotEmpty(Findings(document));

    private static IEnumerable<string> Findings(string document)
    {
        foreach (var row in document.ReplaceLineEndings("\n").Insert(0, "\n").Split("\n## ").Skip(1).Select(text => $"## {text}"))
        {
            var head = Head().Match(row);
            var promises = Promise().Matches(row);
            var id = head.Groups["id"].Value;
            var open = promises.Count == 0 || promises.Any(promise => promise.Groups["tests"].Value == "open");
            if (!head.Success || open != (head.Groups["state"].Value == "open")
                || promises.Count != row.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)))
            {
                yield return $"{row.Split('\n')[0]}: not of the form of its neighbours, or met with an open promise";
            }

            foreach (var test in promises.SelectMany(promise => Name().Matches(promise.Groups["tests"].Value))
                .Select(name => name.Groups["name"].Value))
            {
                if (!IdsByTest.Value[test].Contains(id))
                {
                    yield return $"{id}: no test {test} carries this id";
                }
            }
        }
    }

    /// <summary>The class itself and what it inherits its tests from: one class of tests may run on two databases.</summary>
    private static IEnumerable<Type> Levels(Type type)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            yield return level;
        }
    }

    private static IEnumerable<string> OnThis(MemberInfo member) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && (string?)data.ConstructorArguments[0].Value == "Requirement"
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^## (?<id>[A-Z]\d?-\d\d) .+: (?<state>met|open)$",
        RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();

    [GeneratedRegex(@"^- .+?: (?<tests>open|`[\w.]+`(, `[\w.]+`)*)$",
        RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Promise();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
