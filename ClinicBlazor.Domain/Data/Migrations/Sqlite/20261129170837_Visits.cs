using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <summary>A visit's way through the clinic, its history, and the visit that a record belongs to.</summary>
    public partial class Visits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits");

            // As plain statements: a table that is made anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE \"Visits\" ADD \"Arrival\" INTEGER NULL");
            migrationBuilder.Sql("UPDATE \"Visits\" SET \"Arrival\" = \"ArrivedAt\"");
            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"ArrivedAt\"");
            migrationBuilder.Sql("ALTER TABLE \"Visits\" RENAME COLUMN \"Arrival\" TO \"ArrivedAt\"");

            migrationBuilder.AddColumn<Guid>(
                name: "AttendedById",
                table: "Visits",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DoctorId",
                table: "Visits",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Events",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "OpenedById",
                table: "Visits",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PlannedFor",
                table: "Visits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StatusSince",
                table: "Visits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("ALTER TABLE \"MedicalRecords\" ADD \"VisitId\" TEXT NULL REFERENCES \"Visits\" (\"Id\") ON DELETE RESTRICT");

            migrationBuilder.AddColumn<Guid>(
                name: "EndedByEventId",
                table: "AccessGrants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "GivenById",
                table: "AccessGrants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "StartedByEventId",
                table: "AccessGrants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "VisitEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    VisitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Reason = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VisitEvents_Visits_VisitId_PatientId",
                        columns: x => new { x.VisitId, x.PatientId },
                        principalTable: "Visits",
                        principalColumns: new[] { "Id", "PatientId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_ClosedAt",
                table: "Visits",
                column: "ClosedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits",
                column: "PatientId",
                unique: true,
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Open",
                table: "Visits",
                column: "ArrivedAt",
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Planned",
                table: "Visits",
                column: "PlannedFor",
                filter: "\"ClosedAt\" IS NULL AND \"ArrivedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MedicalRecords_VisitId",
                table: "MedicalRecords",
                column: "VisitId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_PatientId",
                table: "VisitEvents",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_VisitId_Number",
                table: "VisitEvents",
                columns: new[] { "VisitId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VisitEvents_VisitId_PatientId",
                table: "VisitEvents",
                columns: new[] { "VisitId", "PatientId" });

            migrationBuilder.GuardVisits();
            migrationBuilder.LetKeysOfVisitsChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeysOfVisits();
            migrationBuilder.LeaveVisits();

            migrationBuilder.DropTable(
                name: "VisitEvents");

            migrationBuilder.DropIndex(
                name: "IX_Visits_ClosedAt",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Open",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Planned",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_MedicalRecords_VisitId",
                table: "MedicalRecords");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"AttendedById\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"DoctorId\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"Events\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"OpenedById\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"PlannedFor\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"StatusSince\"");

            migrationBuilder.Sql("ALTER TABLE \"MedicalRecords\" DROP COLUMN \"VisitId\"");

            migrationBuilder.Sql("ALTER TABLE \"AccessGrants\" DROP COLUMN \"EndedByEventId\"");

            migrationBuilder.Sql("ALTER TABLE \"AccessGrants\" DROP COLUMN \"GivenById\"");

            migrationBuilder.Sql("ALTER TABLE \"AccessGrants\" DROP COLUMN \"StartedByEventId\"");

            migrationBuilder.Sql("ALTER TABLE \"Visits\" ADD \"Arrival\" INTEGER NOT NULL DEFAULT 0");
            migrationBuilder.Sql("UPDATE \"Visits\" SET \"Arrival\" = COALESCE(\"ArrivedAt\", 0)");
            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"ArrivedAt\"");
            migrationBuilder.Sql("ALTER TABLE \"Visits\" RENAME COLUMN \"Arrival\" TO \"ArrivedAt\"");

            migrationBuilder.CreateIndex(
                name: "IX_Visits_OneOpenPerPatient",
                table: "Visits",
                column: "PatientId",
                unique: true,
                filter: "\"ClosedAt\" IS NULL");
        }
    }
}
