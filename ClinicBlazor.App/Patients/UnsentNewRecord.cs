using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Patients;

/// <summary>A record that is written on behalf of a patient, without a circuit.</summary>
internal sealed class UnsentNewRecord : UnsentPatientForm
{
    /// <summary>The form's name in an address.</summary>
    public const string Name = "record";

    /// <inheritdoc />
    public override string Kind => Name;

    /// <inheritdoc />
    public override Permission Permission => Permission.RecordWriteOnBehalf;

    /// <inheritdoc />
    public override string Take(string? body, UnsentFields fields, IServiceProvider services)
    {
        var draft = body is null ? new NewRecordDraft() : NewRecordDraft.Read(body);
        return new NewRecordDraft
        {
            Command = fields.Line(draft.Command),
            Symptoms = fields.Text("symptoms", draft.Symptoms),
            Onset = fields.Text("onset", draft.Onset),
            Severity = fields.Number("severity", draft.Severity),
            ModifyingFactors = fields.Text("modifying-factors", draft.ModifyingFactors),
        }.Write();
    }

    /// <inheritdoc />
    protected override string FormOf(UnsentDraft draft) => DraftService.NewRecordForm;
}
