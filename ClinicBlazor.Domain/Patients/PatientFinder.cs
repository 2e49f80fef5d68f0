using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>A patient on a page of a list.</summary>
/// <param name="Id">Who.</param>
/// <param name="Cursor">The place after this one.</param>
internal sealed record PatientPlace(Guid Id, string Cursor);

/// <summary>
/// Finds one page of patients' ids, and nothing else: read off an index in its order, so that it costs the same in a
/// clinic of 300 and of 200,000. Whoever sees assigned patients alone begins with those.
/// </summary>
internal sealed class PatientFinder(ClinicDbContext db, bool includeInactive, int count, CancellationToken ct)
{
    private IReadOnlyList<Guid>? within;

    /// <summary>Everybody in reach, by name.</summary>
    public async Task<IReadOnlyList<PatientPlace>> AllAsync(string? after) =>
        await ByNameAsync(PatientCursor.After(await PatientsAsync(), after));

    /// <summary>Those born on a day, by name.</summary>
    public async Task<IReadOnlyList<PatientPlace>> BornAsync(DateOnly day, string? after) =>
        await ByNameAsync(PatientCursor.After((await PatientsAsync()).Where(patient => patient.BirthDate == day), after));

    /// <summary>The one with an SSN.</summary>
    public async Task<IReadOnlyList<PatientPlace>> WithSsnAsync(string ssn, BlindIndex blindIndex)
    {
        var indexes = blindIndex.AllOf(nameof(Patient.Ssn), ssn);
        return await ByNameAsync((await PatientsAsync()).Where(patient => indexes.Contains(patient.SsnIndex!)));
    }

    /// <summary>The one with a number.</summary>
    public async Task<IReadOnlyList<PatientPlace>> WithNumberAsync(int number) =>
        await ByNameAsync((await PatientsAsync()).Where(patient => patient.Number == number));

    /// <summary>Those who have a word that begins with each of <paramref name="asked"/>: whole words first, then by name.</summary>
    public async Task<IReadOnlyList<PatientPlace>> WithWordsAsync(IReadOnlyList<string> asked, string? after)
    {
        // The longest is had by the fewest; the others are looked up beside it.
        var first = asked.MaxBy(word => word.Length)!;
        var end = NameWords.EndOf(first);
        var words = (await WordsAsync()).Where(row => string.Compare(row.Word, first) >= 0 && string.Compare(row.Word, end) < 0);

        // Ann Anna Smith has two words that begin so, and stands at the first of them.
        words = words.Where(row => !db.Set<PatientWord>().Any(
            other => other.PatientId == row.PatientId && string.Compare(other.Word, first) >= 0
                && string.Compare(other.Word, row.Word) < 0));
        foreach (var next in asked.Where(word => word != first))
        {
            var nextEnd = NameWords.EndOf(next);
            words = words.Where(row => db.Set<PatientWord>().Any(
                other => other.PatientId == row.PatientId && string.Compare(other.Word, next) >= 0
                    && string.Compare(other.Word, nextEnd) < 0));
        }

        if (!includeInactive)
        {
            words = words.Where(row => db.Set<Patient>().Any(patient => patient.Id == row.PatientId && patient.IsActive));
        }

        var rows = await PatientCursor.After(words, after).OrderBy(row => row.Word).ThenBy(row => row.SortKey).Take(count)
            .Select(row => new { row.PatientId, row.Word, row.SortKey }).ToListAsync(ct);
        return [.. rows.Select(row => new PatientPlace(row.PatientId, PatientCursor.Of(row.Word, row.SortKey)))];
    }

    private async Task<IReadOnlyList<PatientPlace>> ByNameAsync(IQueryable<Patient> patients)
    {
        var rows = await patients.OrderBy(patient => patient.FamilyNameKey).ThenBy(patient => patient.GivenNameKey)
            .ThenBy(patient => patient.Number).Take(count)
            .Select(patient => new { patient.Id, patient.FamilyNameKey, patient.GivenNameKey, patient.Number }).ToListAsync(ct);
        return [.. rows.Select(row => new PatientPlace(row.Id, PatientCursor.Of(row.FamilyNameKey, row.GivenNameKey, row.Number)))];
    }

    private async Task<IQueryable<Patient>> PatientsAsync()
    {
        var ids = await WithinAsync();
        var patients = db.Set<Patient>().Where(patient => includeInactive || patient.IsActive);
        return ids is null ? patients : patients.Where(patient => ids.Contains(patient.Id));
    }

    private async Task<IQueryable<PatientWord>> WordsAsync()
    {
        var ids = await WithinAsync();
        return ids is null ? db.Set<PatientWord>() : db.Set<PatientWord>().Where(row => ids.Contains(row.PatientId));
    }

    private async Task<IReadOnlyList<Guid>?> WithinAsync() => within ??= await PatientsInReach.OfAsync(db, db.Scope.Demographic, ct);
}
