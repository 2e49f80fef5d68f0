using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Shared.Dialogs;
using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>Registers a patient. What is typed is kept as a draft until the patient is registered.</summary>
public sealed partial class PatientRegisterPage(CurrentActor current, PatientService patients, RegistrationDraftService drafts,
    CareTeamService teams, VisitService visits, ClinicDialogs dialogs, NavigationManager navigation, DraftSavers savers)
    : ComponentBase, IAsyncDisposable
{
    private static readonly (Sex Sex, string Name)[] Sexes =
        [(Sex.Female, "Female"), (Sex.Male, "Male"), (Sex.Other, "Other sex"), (Sex.Unknown, "Not recorded")];

    // Short enough to feel immediate, long enough that a name typed at speed is looked for once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _gone = new();
    private RegistrationForm _form = new();
    private DraftSaver _saver = null!;
    private CancellationTokenSource _look = new();
    private IReadOnlyList<DuplicateCandidate> _alike = [];
    private FormCommand _command = null!;
    private IReadOnlyList<FieldProblem> _problems = [];
    private IReadOnlyList<StaffMember> _doctors = [];
    private bool _conflict;
    private bool _refused;
    private bool _finished;

    // Nothing is typed before it is known what was typed before.
    private bool _isLooked;

    private string UnsentAddress =>
        new UnsentDraft(UnsentRegistration.Name, PatientId: null, RecordId: null, _saver.SavedAt, _form.Command).Address;

    private StaffMember? Doctor => _doctors.FirstOrDefault(doctor => doctor.AccountId.ToString() == _form.Doctor);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _look.CancelAsync();
        await _saver.DisposeAsync();
        _gone.Dispose();
        _look.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _saver = savers.Begin(KeepAsync, Redraw);
        Begin(_form);
        var actor = await current.GetAsync(_gone.Token);
        var result = await teams.DoctorsAsync(actor, _gone.Token);
        _doctors = result.IsSuccess ? result.Value : [];
        if (await FindDraftAsync(_saver.Open))
        {
            await LookAsync(_gone.Token);
        }
        else
        {
            Refuse();
        }

        _isLooked = true;
    }

    private void Begin(RegistrationForm form) => (_form, _command) = (form, new FormCommand(new CommandId(form.Command)));

    /// <summary>Shows what was typed before, by this person in any window; answers with false when it may not be read.</summary>
    private async Task<bool> FindDraftAsync(Func<SavedDraft?, string?> open)
    {
        var found = await drafts.FindAsync(await current.GetAsync(_gone.Token), _gone.Token);
        if (!found.IsSuccess)
        {
            return false;
        }

        if (open(found.Value) is { } body)
        {
            Begin(RegistrationForm.Read(body));
        }

        return true;
    }

    /// <summary>Goes on with one of two texts of the same person: the other window's, or the one that stands here.</summary>
    private async Task GoOnAsync(bool withTheirs)
    {
        var mine = _form;
        Begin(new RegistrationForm());
        if (!await FindDraftAsync(withTheirs ? _saver.OpenOther : Stands))
        {
            Refuse();
            return;
        }

        if (withTheirs)
        {
            _problems = [];
            await LookAsync(_gone.Token);
            return;
        }

        // What the other window has made of the same draft may be registered already: this is somebody else then.
        Begin(_saver.SavedAt is null || mine.Command != _form.Command ? mine.AsAnother() : mine);
        _saver.Touch();
        await _saver.SaveAsync();
        await LookAsync(_gone.Token);
    }

    // The draft that the text of this form goes over.
    private string? Stands(SavedDraft? draft)
    {
        _saver.Found(draft?.SavedAt);
        return draft?.Body;
    }

    private async Task AskToDiscardAsync()
    {
        var question = new Confirmation(T["Throw away what is written here?"], T["Throw away"],
            T["Nobody is registered by it, and what was typed is gone then."])
        { Danger = true, TestId = "discard-draft" };
        if (!await dialogs.ConfirmAsync(question, _gone.Token))
        {
            return;
        }

        await _saver.SaveAsync();
        var ended = await drafts.EndAsync(await current.GetAsync(_gone.Token), _saver.SavedAt, _gone.Token);
        if (ended.IsSuccess)
        {
            Begin(new RegistrationForm());
            (_problems, _alike, _conflict) = ([], [], false);
            _saver.Found(null);
        }
        else
        {
            // Another window has typed on: the next save here is told of it.
            _saver.Touch();
            await _saver.SaveAsync();
        }
    }

    private async Task<Result<DateTimeOffset>> KeepAsync() => _finished ? Clock.GetUtcNow() : await drafts.SaveOverAsync(
        await current.GetAsync(CancellationToken.None), _form.Write(), _saver.SavedAt, CancellationToken.None);

    private void Redraw()
    {
        if (_saver.Refused)
        {
            Refuse();
        }

        StateHasChanged();
    }

    // Nothing of anybody stays in a page that is no longer this person's.
    private void Refuse()
    {
        (_refused, _finished) = (true, true);
        (_form, _alike, _doctors, _problems) = (new RegistrationForm(), [], [], []);
    }

    private string? ProblemOf(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;

    private void Typed() => _saver.Touch();

    private void Correct(string fieldId)
    {
        _problems = _problems.Without(fieldId);
        Typed();
    }

    private void Choose(StaffMember? doctor)
    {
        _form.Doctor = doctor?.AccountId.ToString() ?? "";
        Typed();
    }

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
        // The text first: should the registration be refused, it is there again all the same.
        await _saver.SaveAsync();
        if (_saver.Overtaken)
        {
            return;
        }

        // What is begun is done to its end, also when the page is left: a patient without the doctor that was chosen is half done.
        var whole = CancellationToken.None;
        var result = await patients.RegisterAsync((await current.GetAsync(whole)).Doing(command), _form.ToInput(), whole);
        if (result.IsSuccess)
        {
            _finished = true;
            var complete = await WelcomeAsync(result.Value);
            if (_saver.SavedAt is { } savedAt)
            {
                await drafts.EndAsync(await current.GetAsync(whole), savedAt, whole);
            }

            if (_gone.IsCancellationRequested)
            {
                return;
            }

            navigation.NavigateTo($"/patients/{result.Value}" + (complete ? "" : $"?{PatientPage.IncompleteName}=true"));
            return;
        }

        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _conflict = result.Error!.Kind == ErrorKind.Conflict;
        if (result.Error.Kind is ErrorKind.NotFound or ErrorKind.Denied)
        {
            Refuse();
            return;
        }

        if (result.Error.Fields.Any(field => field.Field == nameof(NewPatient.DuplicateReason)))
        {
            await LookAsync(_gone.Token);
        }

        _problems = [
            .. result.Error.Fields.Select(
            field => new FieldProblem(RegistrationForm.IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
    }

    /// <summary>
    /// Checks in the patient, who is registered by now, and gives them to the chosen doctor: in this order, since the front desk
    /// changes a care team while the patient is there. False when something of it was not to be had any more, which the chart's
    /// page then says.
    /// </summary>
    private async Task<bool> WelcomeAsync(Guid patientId)
    {
        var doctor = Guid.TryParse(_form.Doctor, out var chosen) ? chosen : (Guid?)null;
        return (!_form.CheckIn || await CheckInAsync(patientId, doctor)) & (doctor is not { } member || await JoinAsync(patientId, member));
    }

    private async Task<bool> CheckInAsync(Guid patientId, Guid? doctor)
    {
        var started = await visits.StartAsync(await ActorAsync(_form.CheckInCommand), patientId, doctor, CancellationToken.None);

        // A doctor who is none any more has no visits; the patient is there all the same.
        return started.IsSuccess || (doctor is not null && started.Error!.Kind == ErrorKind.Invalid
            && await CheckInAsync(patientId, doctor: null));
    }

    private async Task<bool> JoinAsync(Guid patientId, Guid doctor) =>
        (await teams.AddAsync(await ActorAsync(_form.DoctorCommand), patientId, doctor, CancellationToken.None)).IsSuccess;

    private async Task<Actor> ActorAsync(Guid command) => (await current.GetAsync(CancellationToken.None)).Doing(new CommandId(command));
}
