using System.Reflection;
using System.Text.RegularExpressions;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Keeps docs/requirements.md honest: what it says of tests is what the assembly holds.</summary>
public sealed partial class RequirementsDocumentTests
{
    [Fact]
    public void Document_AllRows_StateTheTestsThatExist()
    {
        var file = Path.Combine(Repository.Root, "docs", "requirements.md");
        var counts = CountTests();
        var present = File.ReadAllText(file);
        var expected = Row().Replace(present, row =>
        {
            var count = counts.GetValueOrDefault(row.Groups["id"].Value);
            return $"{row.Groups["head"].Value} {(count == 0 ? "open" : count)} |";
        });
        if (Environment.GetEnvironmentVariable("CLINIC_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, expected);
            return;
        }

        Assert.Equal(expected, present);
        var known = Row().Matches(present).Select(row => row.Groups["id"].Value).ToHashSet();
        Assert.Empty(counts.Keys.Except(known));
    }

    private static Dictionary<string, int> CountTests() =>
        typeof(RequirementsDocumentTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
                .SelectMany(method => Requirements(method).Concat(Requirements(type)).Distinct()))
            .GroupBy(id => id)
            .ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<string> Requirements(MemberInfo member)
    {
        for (var type = member as Type; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var id in OnThis(type))
            {
                yield return id;
            }
        }

        if (member is MethodInfo)
        {
            foreach (var id in OnThis(member))
            {
                yield return id;
            }
        }
    }

    private static IEnumerable<string> OnThis(MemberInfo member) =>
        from data in member.GetCustomAttributesData()
        where data.AttributeType == typeof(TraitAttribute) && (string?)data.ConstructorArguments[0].Value == "Requirement"
        select (string)data.ConstructorArguments[1].Value!;

    [GeneratedRegex(@"^(?<head>\| (?<id>[A-Z]\d?-\d\d) \|[^|]*\|)[^|]*\|$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
