using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.Domain.Records;

/// <summary>What a concept above records adds when a patient sends a description, in the same transaction.</summary>
internal interface IDescriptionFollower
{
    /// <summary>Adds what follows to what is about to be saved with the record, and to what the audit trail says of it.</summary>
    Task FollowAsync(ClinicDbContext db, AuditTrace trace, Actor actor, Guid recordId, CancellationToken ct);
}

/// <summary>All that is registered to follow on a description.</summary>
public sealed class DescriptionFollowers
{
    private readonly IReadOnlyList<IDescriptionFollower> followers;

    internal DescriptionFollowers(IEnumerable<IDescriptionFollower> followers) => this.followers = [.. followers];

    /// <summary>Adds what each of them adds.</summary>
    internal async Task FollowAsync(ClinicDbContext db, AuditTrace trace, Actor actor, Guid recordId, CancellationToken ct)
    {
        foreach (var follower in followers)
        {
            await follower.FollowAsync(db, trace, actor, recordId, ct);
        }
    }
}
