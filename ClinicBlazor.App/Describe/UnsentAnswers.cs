using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Describe;

/// <summary>What a patient has answered, without a circuit. A screen holds one question; the others stay as they are.</summary>
internal sealed class UnsentAnswers : UnsentPatientForm
{
    /// <summary>The form's name in an address.</summary>
    public const string Name = "answers";

    /// <inheritdoc />
    public override string Kind => Name;

    /// <inheritdoc />
    public override Permission Permission => Permission.RecordDescribe;

    /// <inheritdoc />
    public override string Take(string? body, UnsentFields fields, IServiceProvider services)
    {
        var answers = body is null ? new ProblemAnswers() : ProblemAnswers.FromDraft(body);
        return (answers with
        {
            Command = fields.Line(answers.Command),
            Symptoms = fields.Text(ProblemCheck.SymptomsId, answers.Symptoms),
            Onset = fields.Choice("onset", answers.Onset),
            OnsetDay = fields.Text(OnsetQuestion.DayId, answers.OnsetDay),
            Severity = fields.Number("severity", answers.Severity),
            ModifyingFactors = fields.Text(ProblemCheck.ModifyingFactorsId, answers.ModifyingFactors),
        }).ToDraft();
    }

    /// <inheritdoc />
    protected override string FormOf(UnsentDraft draft) => DraftService.NewRecordForm;
}
