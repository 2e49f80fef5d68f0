namespace ClinicBlazor.App.Audit;

/// <summary>Names the resource files with the words of the audit page and of every act; English is the key.</summary>
public sealed class AuditText
{
}
