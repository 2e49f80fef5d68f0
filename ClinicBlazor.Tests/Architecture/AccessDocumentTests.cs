using ClinicBlazor.Domain.Access;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Keeps docs/access.md equal to the table that the program answers from.</summary>
public sealed class AccessDocumentTests
{
    private const string Head =
        "| permission | kind of data | not signed in | patient | doctor | nurse | reception | administrator | fresh proof |";

    [Fact]
    [Trait("Requirement", "S4-01")]
    [Trait("Requirement", "S0-01")]
    public void Document_Table_IsThePolicy()
    {
        var file = Path.Combine(Repository.Root, "docs", "access.md");
        var present = File.ReadAllText(file);
        var start = present.IndexOf(Head, StringComparison.Ordinal);
        var end = present.IndexOf("\n\n", start, StringComparison.Ordinal);
        var expected = present[..start] + Table() + present[end..];
        if (Environment.GetEnvironmentVariable("CLINIC_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, expected);
            return;
        }

        Assert.Equal(expected, present);
    }

    private static string Table()
    {
        var lines = AccessPolicy.Table.Select(line =>
            $"| {line.Permission} | {line.Compartment} | {Word(line.Anyone)} | {Word(line.Patient)} | {Word(line.Doctor)} | {Word(line.Nurse)} | {Word(line.Reception)} | {Word(line.Administrator)} | {(line.FreshProof ? "yes" : "")} |");
        return string.Join('\n', [Head, "|---|---|---|---|---|---|---|---|---|", .. lines]);
    }

    private static string Word(Reach reach) => reach switch
    {
        Reach.None => "",
        Reach.Self => "own",
        Reach.Assigned => "assigned",
        Reach.Team => "care team",
        Reach.Everyone => "all",
        _ => reach.ToString(),
    };
}
