using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Patients;

/// <summary>Makes everybody's words by the present rules, and their phones the one form.</summary>
public sealed class PatientWordsFill(IOptions<ClinicSettings> settings) : MigrationStep
{
    private const int AtOnce = 500;

    /// <inheritdoc/>
    internal override string After => "AuditRetention";

    /// <inheritdoc/>
    internal override string Before => "JoinedNamesFilled";

    /// <inheritdoc/>
    internal override async Task RunAsync(ClinicDbContext db, CancellationToken ct)
    {
        var last = 0;
        while (await db.Set<Patient>().AsTracking().Where(patient => patient.Number > last)
            .OrderBy(patient => patient.Number).Take(AtOnce).ToListAsync(ct) is { Count: > 0 } patients)
        {
            patients.ForEach(patient => patient.IndexAgain(settings.Value.PhoneRegion));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            last = patients[^1].Number;
        }
    }
}
