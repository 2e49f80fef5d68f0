using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Patients;

/// <summary>
/// Finds who is much alike to somebody that is being registered. Each question is asked of an index; what comes back is
/// weighed, so that a common name alone, or a shared phone alone, is no candidate.
/// </summary>
internal sealed class DuplicateFinder(ClinicDbContext db, CancellationToken ct)
{
    private const int Most = 5;
    private const int MostLookedAt = 60;
    private const int Alike = 60;
    private const int Lifetime = 120;

    /// <summary>The likeliest first; parts that are not known yet are null or empty.</summary>
    public async Task<IReadOnlyList<DuplicateCandidate>> FindAsync(string given, string family, DateOnly? birthDate, string? phone,
        IReadOnlyList<byte[]> ssnIndexes)
    {
        IReadOnlyList<string> number = [.. Phones.Words(phone).Take(1)];
        IReadOnlyList<IReadOnlyList<string>> names =
        [
            [.. NameSounds.Of(given).Take(1), .. NameSounds.Of(family).TakeLast(1)],
            [.. NameWords.Asked(given).Take(1), .. NameWords.Asked(family).TakeLast(1)],
        ];

        // One sign makes no candidate, so two are asked for at once: a hundred people of one name hide nobody.
        var ids = new HashSet<Guid>(await BornAsync(birthDate));
        if (birthDate is { } day)
        {
            var near = DaysLike(day);
            foreach (var words in names.Append(number))
            {
                ids.UnionWith(await WithWordsAsync(words, [day]));
                ids.UnionWith(await WithWordsAsync(words, near));
            }
        }

        foreach (var words in names.Where(words => number.Count > 0 && words.Count > 0))
        {
            ids.UnionWith(await WithWordsAsync([number[0], words[^1]], days: null));
        }

        var looked = ids.ToList();
        var people = await db.Set<Patient>().Where(patient => looked.Contains(patient.Id) || ssnIndexes.Contains(patient.SsnIndex!))
            .Select(patient => new
            {
                patient.Id, patient.Number, patient.GivenName, patient.FamilyName, patient.BirthDate, patient.Sex, patient.IsActive,
                patient.Phone, patient.SsnIndex,
            })
            .ToListAsync(ct);
        return
        [
            .. people.Select(person => (Person: person,
                Signs: Signs(person.GivenName, person.FamilyName, person.BirthDate, person.Phone, person.SsnIndex)))
                .Select(found => (found.Person, found.Signs, Weight: found.Signs.Sum(WeightOf)))
                .Where(found => found.Weight >= Alike)
                .OrderByDescending(found => found.Weight).ThenBy(found => found.Person.Number).Take(Most)
                .Select(found => new DuplicateCandidate(
                    found.Person.Id, found.Person.Number, found.Person.GivenName, found.Person.FamilyName, found.Person.BirthDate,
                        found.Person.Sex,
                    found.Person.IsActive, found.Signs)),
        ];

        List<DuplicateSign> Signs(string otherGiven, string otherFamily, DateOnly otherBirthDate, string? otherPhone, byte[]? otherSsn)
        {
            var signs = new List<DuplicateSign>();
            Add(otherSsn is not null && ssnIndexes.Any(index => index.AsSpan().SequenceEqual(otherSsn)), DuplicateSign.Ssn);
            var same = Words(given, family).SetEquals(Words(otherGiven, otherFamily));
            Add(same, DuplicateSign.Name);
            Add(!same && SoundsAlike(given, family, otherGiven, otherFamily), DuplicateSign.NameSound);
            Add(birthDate == otherBirthDate, DuplicateSign.BirthDate);
            Add(birthDate is { } day && day != otherBirthDate && IsAlmost(day, otherBirthDate), DuplicateSign.BirthDateAlmost);
            Add(phone is not null && phone == otherPhone, DuplicateSign.Phone);
            return signs;

            void Add(bool holds, DuplicateSign sign)
            {
                if (holds)
                {
                    signs.Add(sign);
                }
            }
        }
    }

    private static int WeightOf(DuplicateSign sign) => sign switch
    {
        DuplicateSign.Ssn => 100,
        DuplicateSign.BirthDate => 40,
        DuplicateSign.Name or DuplicateSign.Phone => 35,
        DuplicateSign.NameSound or DuplicateSign.BirthDateAlmost => 25,
    };

    private static HashSet<string> Words(string given, string family) => [.. Folding.Words(given), .. Folding.Words(family)];

    private static bool SoundsAlike(string given, string family, string otherGiven, string otherFamily)
    {
        var (one, other) = (NameSounds.Of(given, family), NameSounds.Of(otherGiven, otherFamily));
        var shared = one.Intersect(other, StringComparer.Ordinal).Count();
        return shared >= 2 || (shared == 1 && one.Count == 1 && other.Count == 1);
    }

    private static bool IsAlmost(DateOnly one, DateOnly other)
    {
        var same = (one.Year == other.Year ? 1 : 0) + (one.Month == other.Month ? 1 : 0) + (one.Day == other.Day ? 1 : 0);
        return same == 2 || (one.Year == other.Year && one.Month == other.Day && one.Day == other.Month);
    }

    // The days that IsAlmost takes for it.
    private static List<DateOnly> DaysLike(DateOnly day) =>
    [
        .. Enumerable.Range(1, 12).SelectMany(month => Enumerable.Range(1, 31).Select(number => (day.Year, Month: month, Day: number)))
            .Concat(Enumerable.Range(day.Year - Lifetime, 2 * Lifetime).Select(year => (Year: year, day.Month, day.Day)))
            .Where(other => other.Year is > 0 and <= 9999 && other.Day <= DateTime.DaysInMonth(other.Year, other.Month))
            .Select(other => new DateOnly(other.Year, other.Month, other.Day))
            .Where(other => other != day && IsAlmost(day, other)),
    ];

    private async Task<IReadOnlyList<Guid>> BornAsync(DateOnly? birthDate)
    {
        if (birthDate is not { } day)
        {
            return [];
        }

        List<DateOnly> days = day.Day <= 12 ? [day, new DateOnly(day.Year, day.Day, day.Month)] : [day];
        return await db.Set<Patient>().Where(patient => days.Contains(patient.BirthDate)).Select(patient => patient.Id).Take(MostLookedAt)
            .ToListAsync(ct);
    }

    /// <summary>Those who have the first and the last of some words, and were born on one of some days; nobody for no word.</summary>
    private async Task<IReadOnlyList<Guid>> WithWordsAsync(IReadOnlyList<string> words, List<DateOnly>? days)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var (first, last) = (words[0], words[^1]);
        var rows = db.Set<PatientWord>()
            .Where(row => row.Word == first && db.Set<PatientWord>().Any(other => other.PatientId == row.PatientId && other.Word == last));
        if (days is not null)
        {
            rows = rows.Where(row => db.Set<Patient>().Any(patient => patient.Id == row.PatientId && days.Contains(patient.BirthDate)));
        }

        return await rows.Select(row => row.PatientId).Take(MostLookedAt).ToListAsync(ct);
    }
}
