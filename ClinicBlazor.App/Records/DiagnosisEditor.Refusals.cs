using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>Says beside the form why an act was refused, and at which field.</summary>
public sealed partial class DiagnosisEditor
{
    internal const string TextId = "diagnosis-text";
    internal const string CodeId = "diagnosis-code";
    private const string CertaintyId = "diagnosis-certainty";

    private bool _refused;
    private string? _notice;
    private IReadOnlyList<FieldProblem> _problems = [];

    private void Forgive() => (_notice, _problems) = (null, []);

    private async Task RefuseAsync(Error error)
    {
        switch (error.Kind)
        {
            case ErrorKind.NotFound or ErrorKind.Denied:
                _refused = true;
                await OnRefused.InvokeAsync();
                break;
            case ErrorKind.Invalid:
                _problems = [
                    .. error.Fields.Select(field => new FieldProblem(FieldId(field.Field), T[field.Message.Text, field.Message.Args]))];
                break;
            case ErrorKind.Conflict:
                if (await AskAgainAsync() is not null && !HasConflict)
                    _notice = T["Somebody else has changed this record. Look at it again before you go on."];
                break;
            case ErrorKind.StepUpNeeded:
                _notice = T["The record is not signed."];
                break;
        }
    }

    private static string FieldId(string field) => field switch
    {
        nameof(DiagnosisInput.Code) => CodeId,
        nameof(DiagnosisInput.Certainty) => CertaintyId,
        _ => TextId,
    };

    private string? Problem(string fieldId) => _problems.FirstOrDefault(problem => problem.FieldId == fieldId)?.Text;

    private string? DescribedBy(string fieldId) => Problem(fieldId) is null ? null : FieldMessage.IdFor(fieldId);
}
