namespace ClinicBlazor.Domain.Records;

/// <summary>Names of the forms that stand once in each record.</summary>
public static class DraftForms
{
    /// <summary>The form that adds to a signed record.</summary>
    public static string AddendumTo(Guid recordId) => $"addendum/{recordId:D}";
}
