using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// The clinic's database as one lease sees it. Contexts are pooled; each lease is given an <see cref="AccessScope"/>
/// and loses it at return, and without one every query on patients' rows throws.
/// </summary>
internal abstract class ClinicDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Name of the query filter that keeps other people's patients out.</summary>
    public const string AccessFilter = "access";

    private AccessScope? scope;

    /// <summary>What this lease may see. Throws <see cref="InvalidOperationException"/> when none was set.</summary>
    public AccessScope Scope => scope ?? throw new InvalidOperationException("This lease of the database has no access scope.");

    /// <summary>Accounts.</summary>
    public DbSet<Account> Accounts => Set<Account>();

    /// <summary>Sign-ins.</summary>
    public DbSet<Session> Sessions => Set<Session>();

    /// <summary>Browsers on which accounts were signed in before.</summary>
    public DbSet<KnownBrowser> KnownBrowsers => Set<KnownBrowser>();

    /// <summary>Passkeys.</summary>
    public DbSet<Passkey> Passkeys => Set<Passkey>();

    /// <summary>Recovery codes.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>Mailed links.</summary>
    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();

    /// <summary>Patients.</summary>
    public DbSet<Patient> Patients => Set<Patient>();

    /// <summary>Patients' numbers, and nothing else of them.</summary>
    public DbSet<PatientNumber> PatientNumbers => Set<PatientNumber>();

    /// <summary>Care teams, participants of visits: who is assigned to whom.</summary>
    public DbSet<AccessGrant> AccessGrants => Set<AccessGrant>();

    /// <summary>Visits.</summary>
    public DbSet<Visit> Visits => Set<Visit>();

    /// <summary>Medical records.</summary>
    public DbSet<MedicalRecord> MedicalRecords => Set<MedicalRecord>();

    /// <summary>Diagnoses.</summary>
    public DbSet<Diagnosis> Diagnoses => Set<Diagnosis>();

    /// <summary>Signatures.</summary>
    public DbSet<Signature> Signatures => Set<Signature>();

    /// <summary>Key pairs of those who sign.</summary>
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    /// <summary>Drafts.</summary>
    public DbSet<Draft> Drafts => Set<Draft>();

    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The chain over the audit trail.</summary>
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    /// <summary>Entries that wait for their seal.</summary>
    public DbSet<AuditPending> AuditPending => Set<AuditPending>();

    /// <summary>Wrapped data keys.</summary>
    public DbSet<DataKey> DataKeys => Set<DataKey>();

    /// <summary>Sealed keys of ASP.NET's data protection.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    private DateTimeOffset Now => Scope.Now;

    private bool DemographicEveryone => Scope.Demographic.HasFlag(Reach.Everyone);

    private Guid? DemographicSelf => Scope.Demographic.HasFlag(Reach.Self) ? Scope.PatientId : null;

    private Guid? DemographicAssignee => Scope.Demographic.HasFlag(Reach.Assigned) ? Scope.AccountId : null;

    private bool ClinicalEveryone => Scope.Clinical.HasFlag(Reach.Everyone);

    private Guid? ClinicalSelf => Scope.Clinical.HasFlag(Reach.Self) ? Scope.PatientId : null;

    private Guid? ClinicalAssignee => Scope.Clinical.HasFlag(Reach.Assigned) ? Scope.AccountId : null;

    /// <summary>Gives the lease its scope. A second scope for the same lease is a bug and throws.</summary>
    public void Enter(AccessScope newScope) =>
        scope = scope is null ? newScope : throw new InvalidOperationException("This lease of the database already has an access scope.");

    /// <summary>Which sessions will have begun or ended once this lease is saved.</summary>
    public List<SessionChange> SessionChanges() =>
    [
        .. ChangeTracker.Entries<Session>()
            .Where(entry => entry.State == EntityState.Added || (entry.State == EntityState.Modified && entry.Property(session => session.RevokedAt).IsModified))
            .Select(entry => new SessionChange(
                entry.Entity.Id, entry.Entity.AccountId, entry.State == EntityState.Added ? SessionChangeKind.Started : SessionChangeKind.Ended)),
    ];

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
        Demographic<Patient>(builder, nameof(Patient.Id));
        Demographic<Visit>(builder);
        Clinical<MedicalRecord>(builder);
        Clinical<Diagnosis>(builder);
        Clinical<Signature>(builder);
        Clinical<Draft>(builder);

        // Every statement that changes or deletes a patient's row names its owner: a row that only claims to belong to
        // somebody within reach is not found, and the save fails as a concurrent change does.
        foreach (var entity in builder.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(IPatientOwned))))
        {
            entity.FindProperty(nameof(IPatientOwned.PatientId))?.IsConcurrencyToken = true;
        }
    }

    private void Demographic<T>(ModelBuilder builder, string patientId = nameof(IPatientOwned.PatientId))
        where T : class, IDemographic =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, row =>
            DemographicEveryone
            || EF.Property<Guid>(row, patientId) == DemographicSelf
            || AccessGrants.Any(grant => grant.PatientId == EF.Property<Guid>(row, patientId) && grant.AccountId == DemographicAssignee
                && grant.StartsAt <= Now && (grant.EndsAt == null || grant.EndsAt > Now)));

    private void Clinical<T>(ModelBuilder builder)
        where T : class, IClinical =>
        builder.Entity<T>().HasQueryFilter(AccessFilter, row =>
            ClinicalEveryone
            || row.PatientId == ClinicalSelf
            || AccessGrants.Any(grant => grant.PatientId == row.PatientId && grant.AccountId == ClinicalAssignee
                && grant.StartsAt <= Now && (grant.EndsAt == null || grant.EndsAt > Now)));
}
