using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>A diagnosis, without a circuit.</summary>
internal sealed class UnsentDiagnosis : UnsentRecordForm
{
    /// <summary>The form's name in an address.</summary>
    public const string Name = "diagnosis";

    /// <inheritdoc />
    public override string Kind => Name;

    /// <inheritdoc />
    public override Permission Permission => Permission.DiagnosisAssign;

    /// <inheritdoc />
    public override string Take(string? body, UnsentFields fields, IServiceProvider services)
    {
        var draft = (body is null ? null : DraftBody.Read<DiagnosisInput>(body)) ?? new DiagnosisInput("", null, null, default);
        var code = fields.Text(DiagnosisEditor.CodeId, draft.Code ?? "").Trim();
        return DraftBody.Write(new DiagnosisInput(
            fields.Text(DiagnosisEditor.TextId, draft.Text), CodeOf(code, services.GetRequiredService<Icd10Catalog>()),
            fields.Choice("certainty", draft.Certainty), fields.Line(draft.BasedOn)));
    }

    /// <inheritdoc />
    protected override string FormOf(UnsentDraft draft) => DraftForms.DiagnosisOf(draft.RecordId!.Value);

    // The box shows a code with its title, and takes one that is typed by heart; what is in no list stays as it was typed.
    private static string? CodeOf(string text, Icd10Catalog catalog) =>
        text.Length == 0 ? null : catalog.Find(text.Split(' ')[0])?.Code ?? text;
}
