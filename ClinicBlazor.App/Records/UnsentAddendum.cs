using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>An addendum, without a circuit.</summary>
internal sealed class UnsentAddendum : UnsentRecordForm
{
    /// <summary>The form's name in an address.</summary>
    public const string Name = "addendum";

    /// <inheritdoc />
    public override string Kind => Name;

    /// <inheritdoc />
    public override Permission Permission => Permission.RecordSign;

    /// <inheritdoc />
    public override string Take(string? body, UnsentFields fields, IServiceProvider services) =>
        fields.Text(AddendumForm.TextId, body ?? "");

    /// <inheritdoc />
    protected override string FormOf(UnsentDraft draft) => DraftForms.AddendumTo(draft.RecordId!.Value);
}
