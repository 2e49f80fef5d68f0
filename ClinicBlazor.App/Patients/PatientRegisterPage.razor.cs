using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>Registers a patient. What was typed stays until it is stored.</summary>
public sealed partial class PatientRegisterPage(CurrentActor current, PatientService patients, CareTeamService teams,
    VisitService visits, NavigationManager navigation)
    : ComponentBase, IDisposable
{
    private static readonly (Sex Sex, string Name)[] Sexes =
        [(Sex.Female, "Female"), (Sex.Male, "Male"), (Sex.Other, "Other sex"), (Sex.Unknown, "Not recorded")];

    // Short enough to feel immediate, long enough that a name typed at speed is looked for once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _gone = new();
    private readonly RegistrationForm _form = new();
    private CancellationTokenSource _look = new();
    private IReadOnlyList<DuplicateCandidate> _alike = [];
    private readonly FormCommand _command = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private IReadOnlyList<StaffMember> _doctors = [];
    private bool _conflict;
    private bool _refused;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        _look.Cancel();
        _look.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var result = await teams.DoctorsAsync(await current.GetAsync(_gone.Token), _gone.Token);
        _doctors = result.IsSuccess ? result.Value : [];
    }

    private string? ProblemOf(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;

    private void Correct(string fieldId) => _problems = _problems.Without(fieldId);

    private void Choose(Sex sex)
    {
        _form.Sex = sex;
        Correct("sex");
    }

    private Task SetBirthDateAsync(string? typed)
    {
        _form.BirthDate = typed ?? "";
        return LookAgainAsync("birth-date");
    }

    private Task LookAgainAsync(string fieldId)
    {
        Correct(fieldId);
        return LookSoonAsync();
    }

    private async Task LookSoonAsync()
    {
        await _look.CancelAsync();
        _look.Dispose();
        _look = new CancellationTokenSource();
        var ct = _look.Token;
        try
        {
            await Task.Delay(Pause, Clock, ct);
            await LookAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on, or left: the later look has taken over.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var result = _form.CanBeRecognised ? await patients.DuplicatesAsync(await current.GetAsync(ct), _form.ToInput(), ct) : null;
        ct.ThrowIfCancellationRequested();
        _alike = result is { IsSuccess: true } ? result.Value : [];
    }

    private async Task RegisterAsync(CommandId command)
    {
        var result = await patients.RegisterAsync((await current.GetAsync(_gone.Token)).Doing(command), _form.ToInput(), _gone.Token);
        if (result.IsSuccess)
        {
            var complete = await WelcomeAsync(result.Value);
            navigation.NavigateTo($"/patients/{result.Value}" + (complete ? "" : $"?{PatientPage.IncompleteName}=true"));
            return;
        }

        _conflict = result.Error!.Kind == ErrorKind.Conflict;
        _refused = result.Error.Kind is ErrorKind.NotFound or ErrorKind.Denied;
        if (result.Error.Fields.Any(field => field.Field == nameof(NewPatient.DuplicateReason)))
        {
            await LookAsync(_gone.Token);
        }

        _problems = [
            .. result.Error.Fields.Select(
            field => new FieldProblem(RegistrationForm.IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
    }

    /// <summary>
    /// Gives the patient, who is registered by now, to the chosen doctor and checks in; false when something of it was not
    /// to be had any more, which the chart's page then says.
    /// </summary>
    private async Task<bool> WelcomeAsync(Guid patientId)
    {
        var complete = true;
        if (_form.Doctor is { AccountId: var doctorId })
        {
            var actor = (await current.GetAsync(_gone.Token)).Doing(CommandId.New());
            complete &= (await teams.AddAsync(actor, patientId, doctorId, _gone.Token)).IsSuccess;
        }

        if (_form.CheckIn)
        {
            var actor = (await current.GetAsync(_gone.Token)).Doing(CommandId.New());
            complete &= (await visits.StartAsync(actor, patientId, _gone.Token)).IsSuccess;
        }

        return complete;
    }
}
