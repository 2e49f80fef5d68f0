namespace ClinicBlazor.Domain.Records;

/// <summary>Names of the forms that stand once in each record.</summary>
public static class DraftForms
{
    private const string Diagnosis = "diagnosis";
    private const string Addendum = "addendum";

    /// <summary>The form for a record's diagnosis.</summary>
    public static string DiagnosisOf(Guid recordId) => $"{Diagnosis}/{recordId:D}";

    /// <summary>The form that adds to a signed record.</summary>
    public static string AddendumTo(Guid recordId) => $"{Addendum}/{recordId:D}";

    /// <summary>The record that a form stands in; null for a form that stands in none.</summary>
    internal static Guid? RecordOf(string form) =>
        form.Split('/') is [Diagnosis or Addendum, var id] && Guid.TryParse(id, out var recordId) ? recordId : null;
}
