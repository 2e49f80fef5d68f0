namespace ClinicBlazor.App.Shared;

/// <summary>What is wrong with one field of a form, for <see cref="ErrorSummary"/>.</summary>
/// <param name="FieldId">Id of the field's element, or of an element around it.</param>
/// <param name="Text">What to do about it, in the reader's language.</param>
public sealed record FieldProblem(string FieldId, string Text);
