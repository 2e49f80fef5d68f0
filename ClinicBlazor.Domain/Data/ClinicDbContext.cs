using System.Reflection;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The clinic's database as one lease sees it. Contexts are pooled; each lease is given an <see cref="AccessScope"/>
/// and loses it at return, and without one every query on patients' rows throws.
/// </summary>
internal abstract class ClinicDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Name of the query filter that keeps other people's patients out.</summary>
    public const string AccessFilter = "access";

    /// <summary>Name of the query filter that keeps the lists in which others stood out.</summary>
    public const string ListedFilter = "listed";

    /// <summary>Name of the query filter that keeps what others sign in with out.</summary>
    public const string OwnerFilter = "owner";

    /// <summary>Name of the query filter that keeps other people's work in progress out.</summary>
    public const string AuthorFilter = "author";

    private static readonly MethodInfo DiscardableFilter = Method(nameof(FilterDiscardable));
    private static readonly MethodInfo DemographicFilter = Method(nameof(FilterDemographic));
    private static readonly MethodInfo ReviewFilter = Method(nameof(FilterReview));
    private static readonly MethodInfo CredentialFilter = Method(nameof(FilterCredential));
    private static readonly MethodInfo WatchFilter = Method(nameof(FilterWatch));
    private static readonly MethodInfo ClinicalFilter = Method(nameof(FilterClinical));

    private AccessScope? scope;

    /// <summary>What this lease may see. Throws <see cref="InvalidOperationException"/> when none was set.</summary>
    public AccessScope Scope => scope ?? throw new InvalidOperationException("This lease of the database has no access scope.");

    private DateTimeOffset Now => Scope.Now;

    private Guid? Reader => Scope.AccountId;

    private bool EveryAuthor => Scope is { AccountId: null, Clinical: Reach.Everyone };

    private bool WholeTrail => Scope.MayReadTrail;

    private bool EveryCredential => Scope.MayReadCredentials;

    private bool WholeWatch => Scope.MayReadAlerts;

    private bool DemographicEveryone => Scope.Demographic.HasFlag(Reach.Everyone);

    private Guid? DemographicSelf => Scope.Demographic.HasFlag(Reach.Self) ? Scope.PatientId : null;

    private Guid? DemographicAssignee => (Scope.Demographic & (Reach.Assigned | Reach.Team)) != Reach.None ? Scope.AccountId : null;

    private bool DemographicByVisit => Scope.Demographic.HasFlag(Reach.Assigned);

    private bool ClinicalEveryone => Scope.Clinical.HasFlag(Reach.Everyone);

    private Guid? ClinicalSelf => Scope.Clinical.HasFlag(Reach.Self) ? Scope.PatientId : null;

    private Guid? ClinicalAssignee => (Scope.Clinical & (Reach.Assigned | Reach.Team)) != Reach.None ? Scope.AccountId : null;

    private bool ClinicalByVisit => Scope.Clinical.HasFlag(Reach.Assigned);

    /// <summary>Gives the lease its scope. A second scope for the same lease is a bug and throws.</summary>
    public void Enter(AccessScope newScope) =>
        scope = scope is null ? newScope : throw new InvalidOperationException("This lease of the database already has an access scope.");

    /// <summary>Runs what writes to the database when it is its turn, where only one can write at a time.</summary>
    public virtual Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken ct) => write();

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        InTurnAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override void Dispose()
    {
        scope = null;
        base.Dispose();
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        scope = null;
        return base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        builder.Properties<SealedText>().HaveConversion<SealedTextConverter>();
        builder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.ApplyConfigurationsFromAssembly(typeof(ClinicDbContext).Assembly);

        FilterTrail(builder);
        FilterListed(builder);

        FilterEach<ITrailReview>(builder, ReviewFilter);
        FilterEach<ITrailWatch>(builder, WatchFilter);
        FilterEach<IDiscardable>(builder, DiscardableFilter);
        FilterEach<ICredential>(builder, CredentialFilter);

        // The filter goes by what a row says of itself, so that no concept can forget it.
        foreach (
            var entity in builder.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(IPatientOwned))).ToList())
        {
            Filter(builder, entity);

            // Every statement that changes or deletes a patient's row names its owner: a row that only claims to belong
            // to somebody within reach is not found, and the save fails as a concurrent change does.
            entity.FindProperty(nameof(IPatientOwned.PatientId))?.IsConcurrencyToken = true;
        }
    }

    private void FilterEach<TMarker>(ModelBuilder builder, MethodInfo filter)
    {
        foreach (var entity in builder.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(TMarker))).ToList())
        {
            filter.MakeGenericMethod(entity.ClrType).Invoke(this, [builder]);
        }
    }

    private void FilterTrail(ModelBuilder builder) =>
        builder.Entity<AuditEntry>().HasQueryFilter(AccessFilter, GrantsInForce.Expand<Func<AuditEntry, bool>>(entry =>
            WholeTrail
            || (Reader != null && entry.AccountId == Reader)
            || (ClinicalSelf != null && entry.PatientId == ClinicalSelf)
            || (DemographicSelf != null && entry.PatientId == DemographicSelf)
            || (ClinicalAssignee != null && Set<AccessGrant>()
                .Any(grant => grant.PatientId == entry.PatientId && grant.AccountId == ClinicalAssignee
                && (ClinicalByVisit || grant.Kind == GrantKind.CareTeam) && grant.IsInForce(Now)))));

    private void FilterListed(ModelBuilder builder) =>
        builder.Entity<AuditListed>().HasQueryFilter(ListedFilter, listed =>
            WholeTrail
            || (ClinicalSelf != null && listed.PatientId == ClinicalSelf)
            || (DemographicSelf != null && listed.PatientId == DemographicSelf));

    private void FilterReview<T>(ModelBuilder builder)
        where T : class, ITrailReview =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, row =>
            WholeTrail || (DemographicSelf != null && EF.Property<Guid>(row, nameof(ITrailReview.PatientId)) == DemographicSelf));

    private void FilterCredential<T>(ModelBuilder builder)
        where T : class, ICredential =>
        builder.Entity<T>().HasQueryFilter(OwnerFilter,
            row => EveryCredential || EF.Property<Guid>(row, nameof(ICredential.AccountId)) == Reader);

    private void FilterWatch<T>(ModelBuilder builder)
        where T : class, ITrailWatch =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, _ => WholeWatch);

    private void FilterDiscardable<T>(ModelBuilder builder)
        where T : class, IDiscardable =>
        builder.Entity<T>().HasQueryFilter(AuthorFilter,
            row => EveryAuthor || EF.Property<Guid>(row, nameof(IDiscardable.AuthorId)) == Reader);

    private void Filter(ModelBuilder builder, IMutableEntityType entity)
    {
        // The patient's own row has no column for its owner: it is the owner.
        var owner = entity.FindProperty(nameof(IPatientOwned.PatientId)) is null ? "Id" : nameof(IPatientOwned.PatientId);
        if (entity.ClrType.IsAssignableTo(typeof(IAccessGrant)))
        {
            return;
        }

        var filter = entity.ClrType.IsAssignableTo(typeof(IClinical)) ? ClinicalFilter : DemographicFilter;
        filter.MakeGenericMethod(entity.ClrType).Invoke(this, [builder, owner]);
    }

    private void FilterDemographic<T>(ModelBuilder builder, string owner)
        where T : class, IPatientOwned =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, GrantsInForce.Expand<Func<T, bool>>(row =>
            DemographicEveryone
            || EF.Property<Guid>(row, owner) == DemographicSelf
            || Set<AccessGrant>().Any(grant => grant.PatientId == EF.Property<Guid>(row, owner) && grant.AccountId == DemographicAssignee
                && (DemographicByVisit || grant.Kind == GrantKind.CareTeam) && grant.IsInForce(Now))));

    private void FilterClinical<T>(ModelBuilder builder, string owner)
        where T : class, IPatientOwned =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, GrantsInForce.Expand<Func<T, bool>>(row =>
            ClinicalEveryone
            || EF.Property<Guid>(row, owner) == ClinicalSelf
            || Set<AccessGrant>().Any(grant => grant.PatientId == EF.Property<Guid>(row, owner) && grant.AccountId == ClinicalAssignee
                && (ClinicalByVisit || grant.Kind == GrantKind.CareTeam) && grant.IsInForce(Now))));

    private static MethodInfo Method(string name) =>
        typeof(ClinicDbContext).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
