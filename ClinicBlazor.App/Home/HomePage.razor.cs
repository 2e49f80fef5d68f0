using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Records;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Home;

/// <summary>The start page: a patient's cards. Staff are led on to their first page.</summary>
public sealed partial class HomePage
{
    private readonly CancellationTokenSource _gone = new();

    private bool _loaded;
    private bool _linked;
    private bool _hasDraft;
    private int _answered;
    private string _firstName = "";
    private DateTimeOffset _now;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private RecordService Records { get; set; } = null!;

    [Inject]
    private DraftService Drafts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AdministrationNetworks Administration { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Greeting => _now.Hour switch
    {
        < 12 => T["Good morning, {0}", _firstName],
        < 18 => T["Good afternoon, {0}", _firstName],
        _ => T["Good evening, {0}", _firstName],
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var ct = _gone.Token;
        var actor = await Current.GetAsync(ct);
        if (StartPage.OfStaff(actor, Administration) is { } page)
        {
            Navigation.NavigateTo(page, replace: true);
        }
        else if (actor.Roles.HasAny(Roles.Patient))
        {
            await GreetAsync(actor, ct);
        }
    }

    private async Task GreetAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PatientId is { } patientId)
        {
            var answered = await Records.CountOwnAnsweredAsync(actor, ct);
            var draft = await Drafts.FindAsync(actor, patientId, DraftService.NewRecordForm, ct);
            _linked = true;
            _answered = answered.IsSuccess ? answered.Value : 0;
            _hasDraft = draft is { IsSuccess: true, Value: not null };
        }

        _firstName = actor.DisplayName.Split(' ')[0];
        _now = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Clock.LocalTimeZone);
        _loaded = true;
    }
}
