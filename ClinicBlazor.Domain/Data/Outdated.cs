using System.Linq.Expressions;
using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>What a concept registers so that its rows go when their time is over.</summary>
internal abstract class Outdated
{
    /// <summary>Most rows that one transaction takes away.</summary>
    public const int AtOnce = 500;

    /// <summary>What the rows are, in the plural.</summary>
    public abstract string Name { get; }

    /// <summary>Takes some of the rows away whose time is over; answers with how many.</summary>
    public abstract Task<int> RemoveAsync(ClinicDbContext db, DateTimeOffset now, CancellationToken ct);
}

/// <summary>The rows of one table whose time is over.</summary>
/// <param name="name">What the rows are, in the plural.</param>
/// <param name="isOver">True for a row whose time is over at a moment.</param>
internal sealed class Outdated<T>(string name, Func<DateTimeOffset, Expression<Func<T, bool>>> isOver) : Outdated
    where T : class
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override async Task<int> RemoveAsync(ClinicDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        if (typeof(T).IsAssignableTo(typeof(IPatientOwned)))
        {
            throw new OutOfScopeWriteException($"{typeof(T).Name}: nothing about a patient is deleted.");
        }

        var rows = await db.Set<T>().AsTracking().Where(isOver(now)).Take(AtOnce).ToListAsync(ct);
        db.Set<T>().RemoveRange(rows);
        return rows.Count;
    }
}
