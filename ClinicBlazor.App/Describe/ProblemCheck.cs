using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Records;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Describe;

/// <summary>What is wrong with the answers, question by question. The rules for the texts are the domain's own.</summary>
internal static class ProblemCheck
{
    /// <summary>Id of the text box of the first question.</summary>
    public const string SymptomsId = "symptoms";

    /// <summary>Id of the text box of the last question.</summary>
    public const string ModifyingFactorsId = "modifying-factors";

    /// <summary>The findings of one question, beside their fields.</summary>
    public static IReadOnlyList<FieldProblem> Of(DescribeStep step, ProblemAnswers answers, DateOnly today,
        IStringLocalizer<DescribeText> text) => step switch
        {
            DescribeStep.Symptoms => Domain(nameof(ProblemDescription.Symptoms), SymptomsId, answers, text),
            DescribeStep.Onset when DayProblem(answers, today) is { } problem => [new FieldProblem(OnsetQuestion.DayId, text[problem])],
            DescribeStep.ModifyingFactors => Domain(nameof(ProblemDescription.ModifyingFactors), ModifyingFactorsId, answers, text),
            _ => [],
        };

    /// <summary>All findings, beside the rows of the review.</summary>
    public static IReadOnlyList<FieldProblem> OfAll(ProblemAnswers answers, DateOnly today, IStringLocalizer<DescribeText> text) =>
        [.. from step in Enum.GetValues<DescribeStep>()
            from problem in Of(step, answers, today, text)
            select problem with { FieldId = ReviewAnswers.RowId(step) }];

    private static string? DayProblem(ProblemAnswers answers, DateOnly today) =>
        (answers.Onset, InputRules.IsoDate(answers.OnsetDay)) switch
        {
            (not OnsetChoice.KnownDay, _) => null,
            (_, null) => "Choose the day, or one of the other answers.",
            (_, { } day) when day > today => "This day has not come yet. Choose today or an earlier day.",
            (_, { } day) when day < today.AddYears(-120) => "Check the year of this day.",
            _ => null,
        };

    private static IReadOnlyList<FieldProblem> Domain(string field, string id, ProblemAnswers answers,
        IStringLocalizer<DescribeText> text) =>
        [.. from finding in answers.Describe().Check().Error?.Fields ?? []
            where finding.Field == field
            select new FieldProblem(id, text[finding.Message.Text, finding.Message.Args])];
}
