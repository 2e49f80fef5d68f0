namespace ClinicBlazor.App.Shared;

/// <summary>What becomes of the findings of a form while somebody corrects it.</summary>
public static class FieldProblems
{
    /// <summary>What is left once a field was changed: what was wrong with it is history until the form is checked again.</summary>
    public static IReadOnlyList<FieldProblem> Without(this IReadOnlyList<FieldProblem> problems, string fieldId) =>
        problems.Any(problem => problem.FieldId == fieldId) ? [.. problems.Where(problem => problem.FieldId != fieldId)] : problems;
}
