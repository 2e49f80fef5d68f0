using ClinicBlazor.App.Shared.Unsent;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.App.Patients;

/// <summary>A registration, without a circuit.</summary>
internal sealed class UnsentRegistration : UnsentForm
{
    /// <summary>The form's name in an address.</summary>
    public const string Name = "registration";

    /// <inheritdoc />
    public override string Kind => Name;

    /// <inheritdoc />
    public override Permission Permission => Permission.PatientRegister;

    /// <inheritdoc />
    public override string Route => "";

    /// <inheritdoc />
    public override Task<Result<SavedDraft?>> FindAsync(HttpContext context, UnsentDraft draft, CancellationToken ct) =>
        Drafts(context).FindAsync(context.Actor(), ct);

    /// <inheritdoc />
    public override Task<Result<DateTimeOffset>> SaveOverAsync(HttpContext context, UnsentDraft draft, DraftText text,
        DateTimeOffset? found, CancellationToken ct) =>
        Drafts(context).SaveOverAsync(context.Actor(), text, found, ct);

    /// <inheritdoc />
    public override string Take(string? body, UnsentFields fields, IServiceProvider services)
    {
        var form = body is null ? new RegistrationForm() : RegistrationForm.Read(body);
        return new RegistrationForm
        {
            Command = fields.Line(form.Command),
            DoctorCommand = form.DoctorCommand,
            CheckInCommand = form.CheckInCommand,
            GivenName = fields.Text("given-name", form.GivenName),
            FamilyName = fields.Text("family-name", form.FamilyName),
            BirthDate = fields.Text("birth-date", form.BirthDate),
            Sex = fields.Choice<Sex>("sex", form.Sex) ?? form.Sex,
            Phone = fields.Text("phone", form.Phone),
            Email = fields.Text("email", form.Email),
            Address = fields.Text("address", form.Address),
            Ssn = fields.Text("ssn", form.Ssn),
            Tin = fields.Text("tin", form.Tin),
            DuplicateReason = fields.Text("duplicate-reason", form.DuplicateReason),
            CheckIn = fields.Ticked("check-in", form.CheckIn),

            // Chosen from a list, which needs a connection.
            Doctor = form.Doctor,
        }.Write();
    }

    private static RegistrationDraftService Drafts(HttpContext context) =>
        context.RequestServices.GetRequiredService<RegistrationDraftService>();
}
