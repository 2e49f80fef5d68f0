using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Documents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries");

            migrationBuilder.AddColumn<Guid>(
                name: "DocumentId",
                table: "AuditEntries",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Documents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    AddedById = table.Column<Guid>(type: "uuid", nullable: false),
                    ByPatient = table.Column<bool>(type: "boolean", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    AddedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FileName = table.Column<byte[]>(type: "bytea", nullable: false),
                    Key = table.Column<byte[]>(type: "bytea", nullable: false),
                    Format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    HasThumbnail = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ScannedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RecordId = table.Column<Guid>(type: "uuid", nullable: true),
                    RecordNumber = table.Column<int>(type: "integer", nullable: true),
                    VisitId = table.Column<Guid>(type: "uuid", nullable: true),
                    VisitNumber = table.Column<int>(type: "integer", nullable: true),
                    DiscardedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ErrorAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ErrorById = table.Column<Guid>(type: "uuid", nullable: true),
                    ErrorReason = table.Column<byte[]>(type: "bytea", nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Documents", x => x.Id);
                    table.CheckConstraint("CK_Documents_InRecord", "(\"RecordId\" IS NULL) = (\"RecordNumber\" IS NULL) AND (\"RecordNumber\" IS NULL OR \"RecordNumber\" BETWEEN 1 AND 50)");
                    table.CheckConstraint("CK_Documents_InVisit", "(\"VisitId\" IS NULL) = (\"VisitNumber\" IS NULL) AND (\"VisitNumber\" IS NULL OR \"VisitNumber\" BETWEEN 1 AND 50)");
                    table.ForeignKey(
                        name: "FK_Documents_Accounts_AddedById",
                        column: x => x.AddedById,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_Accounts_ErrorById",
                        column: x => x.ErrorById,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_MedicalRecords_RecordId_PatientId",
                        columns: x => new { x.RecordId, x.PatientId },
                        principalTable: "MedicalRecords",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_Visits_VisitId_PatientId",
                        columns: x => new { x.VisitId, x.PatientId },
                        principalTable: "Visits",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries",
                columns: new[] { "RecordId", "Outcome" },
                filter: "\"Act\" = 'AddendumAdded'");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries",
                columns: new[] { "RecordId", "Outcome" },
                filter: "\"Act\" = 'RecordSigned'");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_AddedById",
                table: "Documents",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_ErrorById",
                table: "Documents",
                column: "ErrorById");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_PatientId_ByPatient_Number",
                table: "Documents",
                columns: new[] { "PatientId", "ByPatient", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Documents_PatientId_Id",
                table: "Documents",
                columns: new[] { "PatientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_Quarantined",
                table: "Documents",
                column: "Id",
                filter: "\"State\" = 'Quarantined'");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_RecordId_PatientId",
                table: "Documents",
                columns: new[] { "RecordId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_RecordId_RecordNumber",
                table: "Documents",
                columns: new[] { "RecordId", "RecordNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Documents_Unsent",
                table: "Documents",
                column: "PatientId",
                filter: "\"ByPatient\" AND \"RecordId\" IS NULL AND \"VisitId\" IS NULL AND \"DiscardedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_VisitId_PatientId",
                table: "Documents",
                columns: new[] { "VisitId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_VisitId_VisitNumber",
                table: "Documents",
                columns: new[] { "VisitId", "VisitNumber" },
                unique: true);

            migrationBuilder.GuardDocuments();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Documents");

            migrationBuilder.LeaveDocuments();

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "DocumentId",
                table: "AuditEntries");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Addenda",
                table: "AuditEntries",
                column: "RecordId",
                filter: "\"Act\" = 'AddendumAdded'");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries",
                column: "RecordId",
                filter: "\"Act\" = 'RecordSigned'");
        }
    }
}
