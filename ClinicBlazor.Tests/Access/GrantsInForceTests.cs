using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Tests.Access;

/// <summary>When a grant is in force: from its beginning on, and up to its end, which is no more a part of it.</summary>
[Trait("Requirement", "S0-01")]
[Trait("Requirement", "S4-01")]
public sealed class GrantsInForceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int, int?, bool, bool> Moments => new()
    {
        // begins, ends (minutes from noon) · not ended · in force
        { -1, null, true, true },
        { 0, null, true, true },
        { 1, null, true, false },
        { -2, 1, true, true },
        { -2, 0, false, false },
        { -2, -1, false, false },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Grant_AtAMoment_IsInForceFromItsBeginningToItsEnd(int begins, int? ends, bool isNotEnded, bool isInForce)
    {
        AccessGrant[] grants = [NewGrant(begins, ends)];

        Assert.Equal(isInForce, grants.AsQueryable().InForceAt(Noon).Any());
        Assert.Equal(isNotEnded, grants.AsQueryable().NotEndedAt(Noon).Any());
    }

    [Fact]
    public void EndWith_OfWhatHasEnded_KeepsTheFirstActAndItsMoment()
    {
        var (grant, first) = (NewGrant(-2, null), Guid.CreateVersion7());

        grant.EndWith(first, Noon);
        grant.EndWith(Guid.CreateVersion7(), Noon.AddMinutes(1));

        Assert.Equal((first, Noon), (grant.EndedByEventId, grant.EndsAt));
    }

    [Theory]
    [InlineData(GrantKind.Visit, true)]
    [InlineData(GrantKind.CareTeam, false)]
    public void IsTemporary_OfAPartInAVisitAlone(GrantKind kind, bool isTemporary) =>
        Assert.Equal(isTemporary, ((IAccessGrant)NewGrant(-2, null, kind)).IsTemporary);

    private static AccessGrant NewGrant(int begins, int? ends, GrantKind kind = GrantKind.CareTeam)
    {
        var grant = new AccessGrant
        {
            Id = Guid.CreateVersion7(), PatientId = Guid.CreateVersion7(), AccountId = Guid.CreateVersion7(), Kind = kind,
            StartsAt = Noon.AddMinutes(begins),
        };
        if (ends is { } minutes)
        {
            grant.End(Noon.AddMinutes(minutes));
        }

        return grant;
    }
}
