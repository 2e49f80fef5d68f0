using ClinicBlazor.App.Hosting;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Patients;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Patients;

/// <summary>Registers a patient. What was typed stays until it is stored.</summary>
public sealed partial class PatientRegisterPage(CurrentActor current, PatientService patients, NavigationManager navigation) : ComponentBase, IDisposable
{
    private static readonly (Sex Sex, string Name)[] Sexes =
        [(Sex.Female, "Female"), (Sex.Male, "Male"), (Sex.Other, "Other sex"), (Sex.Unknown, "Not recorded")];

    private readonly CancellationTokenSource _gone = new();
    private readonly RegistrationForm _form = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private bool _conflict;
    private bool _refused;
    private bool _busy;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private string? ProblemOf(string id) => _problems.FirstOrDefault(problem => problem.FieldId == id)?.Text;

    private async Task RegisterAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await patients.RegisterAsync(await current.GetAsync(_gone.Token), _form.ToInput(), _gone.Token);
        _busy = false;
        if (result.IsSuccess)
        {
            navigation.NavigateTo($"/patients/{result.Value}");
            return;
        }

        _conflict = result.Error!.Kind == ErrorKind.Conflict;
        _refused = result.Error.Kind is ErrorKind.NotFound or ErrorKind.Denied;
        _problems = [.. result.Error.Fields.Select(field => new FieldProblem(RegistrationForm.IdOf(field.Field), T[field.Message.Text, field.Message.Args]))];
    }
}
